"""Under which address do the planner's pages live?"""

from flask import Blueprint

pages = Blueprint("planner", __name__, url_prefix="/planner")
