"""The tests' browser is a real one, or says how to get it."""

import pytest

from tests.support.chromium import HOW_TO_GET_IT, chromium, chromium_sync, find_chromium
from tests.support.machine import lacks


@pytest.mark.browser
async def test_a_page_is_laid_out_and_its_script_runs() -> None:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.set_content("<p id=width></p><script>width.textContent = innerWidth</script>")
        assert await page.inner_text("#width") == "390"


@pytest.mark.browser
def test_the_twin_without_an_event_loop_opens_a_page_as_well() -> None:
    with chromium_sync() as browser:
        page = browser.new_page()
        page.set_content("<h1>Boundary Crossing</h1>")
        assert page.get_by_role("heading").inner_text() == "Boundary Crossing"


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
