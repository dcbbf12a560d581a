"""The compose file describes the topology that the operations page promises."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from server.app.settings import from_environment

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


def test_there_is_one_redis_two_nodes_and_one_proxy() -> None:
    assert set(SERVICES) == {"redis", "node1", "node2", "proxy"}


@pytest.mark.parametrize("name", ["redis", "node1", "node2", "proxy"])
def test_every_service_is_watched_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_redis_writes_before_it_acknowledges_and_never_forgets() -> None:
    command = SERVICES["redis"]["command"]
    settings = dict(zip(command[1::2], command[2::2], strict=True))
    assert settings == {
        "--appendonly": "yes",
        "--appendfsync": "always",
        "--maxmemory-policy": "noeviction",
        "--save": "",
    }
    assert any(volume.endswith(":/data") for volume in SERVICES["redis"]["volumes"])


def test_both_nodes_use_that_redis_and_are_ready_only_when_they_say_so() -> None:
    for name in ("node1", "node2"):
        assert SERVICES[name]["environment"]["REDIS_URL"].startswith("redis://redis:")
        assert "/readyz" in " ".join(SERVICES[name]["healthcheck"]["test"])
        assert SERVICES[name]["depends_on"]["redis"] == {"condition": "service_healthy"}


def test_what_an_operator_sets_reaches_both_nodes_and_only_their_proxy_is_believed() -> None:
    for name in ("node1", "node2"):
        environment = SERVICES[name]["environment"]
        assert environment["PUBLIC_URL"] == "${PUBLIC_URL:-}"
        assert environment["OPEN_CREATION"] == "${OPEN_CREATION:-0}"
        assert environment["PROXY"] == "*"
        assert "ports" not in SERVICES[name]


def test_without_a_public_address_nobody_is_told_that_of_a_container() -> None:
    environment = {name: str(value) for name, value in SERVICES["node1"]["environment"].items()}
    settings = from_environment(environment | {"PUBLIC_URL": "", "OPEN_CREATION": "0"})
    assert settings.serves_the_network
    assert settings.network_url == ""


def test_only_the_proxy_is_reached_from_outside_and_it_knows_both_nodes() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    environment = SERVICES["proxy"]["environment"]
    assert {environment["NODE1"], environment["NODE2"]} == {"node1:8000", "node2:8000"}
    mounted = SERVICES["proxy"]["volumes"][0].split(":")[0]
    assert (ROOT / mounted).is_file()


def test_the_image_installs_locked_versions_and_runs_as_nobody_special() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert "npm ci" in DOCKERFILE
    last_stage = DOCKERFILE.rsplit("FROM ", 1)[1]
    assert last_stage.index("USER workshop") < last_stage.index("CMD [")


def test_the_image_and_the_wheel_carry_the_licences() -> None:
    assert "LICENSE NOTICE" in DOCKERFILE
    assert 'license-files = ["LICENSE", "NOTICE"]' in (ROOT / "pyproject.toml").read_text()
    assert "SIL Open Font License" in (ROOT / "NOTICE").read_text()


@pytest.mark.parametrize("lock", ["constraints.txt", "constraints-dev.txt", "constraints-node.txt"])
def test_a_lock_names_versions_and_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    for requirement in text.replace("\\\n", " ").splitlines():
        assert "==" in requirement
        assert "--hash=sha256:" in requirement


def test_the_lock_of_the_client_names_no_place_either() -> None:
    lock = (ROOT / "client_static" / "package-lock.json").read_text()
    assert "://" not in lock
    assert lock.count('"integrity"') > 50
