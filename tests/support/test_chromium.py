"""The tests' browser is a real one, or says how to get it."""

import pytest

from tests.support.chromium import HOW_TO_GET_IT, chromium, find_chromium
from tests.support.machine import lacks


@pytest.mark.browser
async def test_a_page_is_laid_out_and_its_script_runs() -> None:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.set_content("<p id=width></p><script>width.textContent = innerWidth</script>")
        assert await page.inner_text("#width") == "390"


@pytest.mark.browser
async def test_the_next_test_finds_nothing_that_the_last_left_and_a_browser_that_died_is_followed_by_another() -> None:
    async with chromium() as browser:
        await browser.new_page()
        async with chromium() as same:
            assert same is browser
            await same.new_page()
        assert len(browser.contexts) == 1
    assert browser.contexts == []
    await browser.close()
    async with chromium() as another:
        assert (await another.new_page()).url == "about:blank"


@pytest.mark.usefixtures("nothing_installed")
def test_a_machine_without_a_browser_is_told_how_to_get_one() -> None:
    with pytest.raises(RuntimeError) as refused:
        find_chromium()
    assert str(refused.value) == HOW_TO_GET_IT


@pytest.mark.usefixtures("nothing_installed")
def test_everything_that_is_lacking_is_named_one_line_each() -> None:
    said = lacks()
    assert HOW_TO_GET_IT in said
    assert all(line.count("\n") == 0 and "install" in line for line in said)


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CHROMIUM", raising=False)
