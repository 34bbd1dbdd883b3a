"""Services that take documents in: every Article, Capture and TextVersion is written here.

`receive_all` takes records in batches. Each batch is one transaction: whatever cuts a run off,
what was reported is in, and the same run again adds only the rest.
"""

from archive.intake.corrections import CorrectionError, article_corrected, articles_with_another_key, correct_article
from archive.intake.receipts import Outcome, Receipt
from archive.intake.services import receive_all, rehearse
from archive.intake.source_changes import change_source, source_changed
from archive.intake.text_corrections import StaleTextError, TextCorrectionError, correct_text
from archive.intake.text_judgements import StaleJudgementError, TextJudgementError, choose_text, judge_text
from archive.intake.whole_pages import whole_text
from archive.intake.withholding import WithholdingError, release, withhold

__all__ = [
    "CorrectionError",
    "Outcome",
    "Receipt",
    "StaleJudgementError",
    "StaleTextError",
    "TextCorrectionError",
    "TextJudgementError",
    "WithholdingError",
    "article_corrected",
    "articles_with_another_key",
    "change_source",
    "choose_text",
    "correct_article",
    "correct_text",
    "judge_text",
    "receive_all",
    "rehearse",
    "release",
    "source_changed",
    "whole_text",
    "withhold",
]
