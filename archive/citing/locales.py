"""The few words that plain citations add, in the languages of the site."""

from dataclasses import dataclass

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
# The Levantine name first, then the one of other Arabic readers, as United Nations documents write months.
MONTHS_AR = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """``month_first`` and ``mla_months`` are the habits of American styles; other languages have one form of dates."""

    months: tuple[str, ...]
    mla_months: tuple[str, ...]
    month_first: bool
    no_date: str
    version: str
    archived: str
    labels: dict[str, str]
    comma: str
    semicolon: str
    quoted: str


WORDS = {
    "en": Words(
        months=MONTHS_EN,
        mla_months=MLA_MONTHS,
        month_first=True,
        no_date="n.d.",
        version="version {}",
        archived="archived at {}",
        labels={"record": "Archive record", "dataset": "Data set"},
        comma=", ",
        semicolon="; ",
        quoted="“{}”",
    ),
    "ar": Words(
        months=MONTHS_AR,
        mla_months=MONTHS_AR,
        month_first=False,
        no_date="د.ت.",
        version="الإصدار {}",
        archived="محفوظ في {}",
        labels={"record": "سجل أرشيفي", "dataset": "مجموعة بيانات"},
        comma="، ",
        semicolon="؛ ",
        quoted="«{}»",
    ),
}
