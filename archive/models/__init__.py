"""Documents and places: what was published, and where it says things happened."""

from archive.models.about_texts import AboutText
from archive.models.access_settings import AccessSettings
from archive.models.alerts import Alert
from archive.models.article_rows import ArticleRow, Mention
from archive.models.articles import Article, ArticleKey
from archive.models.backups import Backup
from archive.models.base import Editable
from archive.models.custody_events import CustodyEvent
from archive.models.fetch_requests import FetchRequest
from archive.models.found_again import FoundAgain, FoundVerdict
from archive.models.found_sets import FoundSet
from archive.models.manifests import Manifest, TimeStamp
from archive.models.near_copies import NearCopy, TextSketch
from archive.models.passages import Citation, Passage
from archive.models.places import GazetteerFile, Place, PlaceLabel, PlaceName
from archive.models.proposed_spellings import ProposedSpelling
from archive.models.remade import Remade
from archive.models.reported_errors import ReportedError, ReportedWords, ReporterAddress, SentForm
from archive.models.sources import Source
from archive.models.stamps import Change, Stamp
from archive.models.text_judgements import TextChoice, TextJudgement
from archive.models.texts import Capture, CaptureBytes, TextVersion
from archive.models.users import User
from archive.models.verifications import Verification
from archive.models.withheld_words import ReleasedWords, WithheldWords
from archive.models.work import ArticleAssignment, ArticleReading, ArticleTag

__all__ = [
    "AboutText",
    "AccessSettings",
    "Alert",
    "Article",
    "ArticleAssignment",
    "ArticleKey",
    "ArticleReading",
    "ArticleRow",
    "ArticleTag",
    "Backup",
    "Capture",
    "CaptureBytes",
    "Change",
    "Citation",
    "CustodyEvent",
    "Editable",
    "FetchRequest",
    "FoundAgain",
    "FoundSet",
    "FoundVerdict",
    "GazetteerFile",
    "Manifest",
    "Mention",
    "NearCopy",
    "Passage",
    "Place",
    "PlaceLabel",
    "PlaceName",
    "ProposedSpelling",
    "ReleasedWords",
    "Remade",
    "ReportedError",
    "ReportedWords",
    "ReporterAddress",
    "SentForm",
    "Source",
    "Stamp",
    "TextChoice",
    "TextJudgement",
    "TextSketch",
    "TextVersion",
    "TimeStamp",
    "User",
    "Verification",
    "WithheldWords",
]
