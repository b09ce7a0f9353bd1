"""All services of one open store, each built when it is first asked for.

Those that lead to the rounds of sharing are imported then too: a third of all modules, which a window without
a team never needs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from app.crypto.key_slots import StoreKey
from app.paths import StoreFolder, user_folders
from app.rescue import Rescue
from app.services.action_plans import ActionPlanService
from app.services.analysis import AnalysisService
from app.services.backup_items import BackupItemService
from app.services.backups import BackupService
from app.services.bundles import BundleService
from app.services.companies import CompanyService
from app.services.conflicts import ConflictService
from app.services.device import DeviceService
from app.services.drafts import DraftService
from app.services.duplicates import DuplicateService
from app.services.goto import GoToService
from app.services.history import HistoryService
from app.services.masters import MasterService
from app.services.people import PeopleService
from app.services.preparations import PreparationService
from app.services.printing import PrintService
from app.services.questions import QuestionService
from app.services.read_back import ReadBackService
from app.services.search import SearchService
from app.services.self_checks import SelfCheckService
from app.services.shared_marks import SharedMarks
from app.services.sharing_status import SharingStatusService
from app.services.support_sessions import SupportSessionService
from app.services.team import TeamService
from app.services.today import TodayService
from app.services.trash import TrashService
from app.services.visit_choices import VisitChoiceService
from app.workplace import Workplace

if TYPE_CHECKING:
    from app.services.attachments import AttachmentService
    from app.services.carrying import CarryService
    from app.services.sharing import SharingService
    from app.services.sharing_held_work import HeldWorkService


class Services:
    """What screens and commands are handed."""

    def __init__(
        self,
        place: Workplace,
        folder: StoreFolder,
        key: StoreKey,
        *,
        is_practice: bool,
        stopped_before: bool = False,
        was_upgraded: bool = False,
    ) -> None:
        """`stopped_before`: whether the last run ended without closing the store.

        `was_upgraded`: whether opening brought the store to a newer schema, after a backup.
        """
        self.stopped_before = stopped_before
        self.was_upgraded = was_upgraded
        self.place = place
        self.folder = folder
        self.key = key
        self.is_practice = is_practice
        self.shared_marks = SharedMarks()
        """「共有済み / この端末だけ」, as the window read it last."""

    @cached_property
    def companies(self) -> CompanyService:
        """企業."""
        return CompanyService(self.place)

    @cached_property
    def people(self) -> PeopleService:
        """人."""
        return PeopleService(self.place)

    @cached_property
    def team(self) -> TeamService:
        """チームの設定."""
        return TeamService(self.place)

    @cached_property
    def device(self) -> DeviceService:
        """この端末."""
        return DeviceService(self.place)

    @cached_property
    def masters(self) -> MasterService:
        """課題と視点."""
        return MasterService(self.place)

    @cached_property
    def support_sessions(self) -> SupportSessionService:
        """面談."""
        return SupportSessionService(self.place)

    @cached_property
    def preparations(self) -> PreparationService:
        """訪問準備."""
        return PreparationService(self.place)

    @cached_property
    def read_back(self) -> ReadBackService:
        """読み合わせ."""
        return ReadBackService(self.place)

    @cached_property
    def questions(self) -> QuestionService:
        """聞き忘れがないか."""
        return QuestionService(self.place)

    @cached_property
    def drafts(self) -> DraftService:
        """下書き."""
        return DraftService(self.place.store, self.place.clock, Rescue(user_folders().rescue, self.key))

    @cached_property
    def visit_choices(self) -> VisitChoiceService:
        """面談の選択."""
        return VisitChoiceService(self.place, self.drafts)

    @cached_property
    def analysis(self) -> AnalysisService:
        """分析."""
        return AnalysisService(self.place)

    @cached_property
    def action_plans(self) -> ActionPlanService:
        """行動計画."""
        return ActionPlanService(self.place)

    @cached_property
    def carrying(self) -> CarryService:
        """持出しと読込み."""
        from app.services.carrying import CarryService

        return CarryService(self.place)

    @cached_property
    def attachments(self) -> AttachmentService:
        """資料."""
        from app.services.attachments import AttachmentService
        from app.services.blob_files import BlobFiles

        return AttachmentService(self.place, BlobFiles(self.folder))

    @cached_property
    def today(self) -> TodayService:
        """今日."""
        return TodayService(self.place)

    @cached_property
    def history(self) -> HistoryService:
        """履歴."""
        return HistoryService(self.place)

    @cached_property
    def trash(self) -> TrashService:
        """ごみ箱."""
        return TrashService(self.place)

    @cached_property
    def duplicates(self) -> DuplicateService:
        """重複."""
        return DuplicateService(self.place)

    @cached_property
    def goto(self) -> GoToService:
        """移動."""
        return GoToService(self.place)

    @cached_property
    def search(self) -> SearchService:
        """さがす."""
        return SearchService(self.place)

    @cached_property
    def conflicts(self) -> ConflictService:
        """確認が必要な変更."""
        return ConflictService(self.place)

    @cached_property
    def sharing_status(self) -> SharingStatusService:
        """共有の様子."""
        return SharingStatusService(self.place)

    @cached_property
    def printing(self) -> PrintService:
        """印刷."""
        return PrintService(self.place, is_practice=self.is_practice)

    @cached_property
    def backups(self) -> BackupService:
        """控え."""
        return BackupService(self.folder, self.key, self.place.clock)

    @cached_property
    def backup_items(self) -> BackupItemService:
        """控えの一件ずつ."""
        return BackupItemService(self.place, self.folder, self.key)

    @cached_property
    def self_checks(self) -> SelfCheckService:
        """毎月の点検."""
        return SelfCheckService(self.place, self.folder, self.key)

    @cached_property
    def held_work(self) -> HeldWorkService:
        """預かり."""
        from app.services.sharing_held_work import HeldWorkService

        return HeldWorkService(self.place)

    @cached_property
    def sharing(self) -> SharingService:
        """共有."""
        from app.services.sharing import SharingService

        return SharingService(self.place)

    @cached_property
    def bundles(self) -> BundleService:
        """書き出しと取り込み."""
        return BundleService(self.place)
