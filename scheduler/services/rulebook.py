"""By which rules does the roster come to be, in plain words?"""

from dataclasses import fields
from typing import Any, cast

from scheduler.domain.errors import NotAllowed
from scheduler.rules.rule import Rule
from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import RuleView


def rules_view(app: App, viewer: Viewer) -> list[RuleView]:
    """Every rule in order with its words and current parameters; for everybody who is signed in."""
    if not viewer.account:
        raise NotAllowed("Sign in first.")
    agency = app.agency()
    rules = app.rules(agency.window(agency.today(app.clock())).first)
    return [RuleView(rule.name, rule.level, rule.private, rule.explain(), _parameters(rule)) for rule in rules]


def _parameters(rule: Rule) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, getattr(rule, field.name)) for field in fields(cast(Any, rule)))
