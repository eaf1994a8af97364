"""Under which address do a venue's pages live?"""

from flask import Blueprint

pages = Blueprint("coordinator", __name__, url_prefix="/venue")
