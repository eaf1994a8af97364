"""Which installation is meant by a command that works on one, and makes none where it is called by mistake?"""

from scheduler.config import Config, read_config
from scheduler.domain.errors import Refused
from scheduler.services import database
from scheduler.services.context import App, create_app_context


def made_config() -> Config:
    """The settings of an installation that is there; Refused, with where was looked and what to do, without one."""
    config = read_config(make=False)
    place = database.missing_at(config)
    if place is not None:
        raise Refused(
            "There is no Wijkrooster database at %(place)s. Maybe call this from the folder of your installation, "
            "set WIJKROOSTER_INSTANCE, or make one with: scheduler db upgrade.",
            place=place,
        )
    return config


def ready_config() -> Config:
    """The same, Unsafe unless its database is at the newest schema."""
    config = made_config()
    database.require_newest(config)
    return config


def made_app() -> App:
    """The installation, its database brought to the newest schema and made where there was none."""
    config = read_config()
    database.upgrade(config)
    return create_app_context(config)


def filled_app() -> App:
    """The installation that is there; Refused when nobody has put anything in: it is hardly the one that was meant."""
    config = made_config()
    database.upgrade(config)
    app = create_app_context(config)
    if database.is_empty(app):
        raise Refused(
            "The database at %(place)s is empty. Maybe call this from the folder of your installation, or set "
            "WIJKROOSTER_INSTANCE.",
            place=app.database.place,
        )
    return app
