"""Invented companies, visits and plans, as a producer would write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from app.domain.terms import ActionStatus, Confidentiality, Mark, PersonSide, SessionMethod, Stage
from app.reports.content import (
    Company,
    DateToWatch,
    History,
    Homework,
    Imprint,
    Indicator,
    Issue,
    Milestone,
    Minutes,
    NoteLine,
    Person,
    Plan,
    PlannedAction,
    Visit,
    VisitSheet,
)

JAPAN = timezone(timedelta(hours=9))

IMPRINT = Imprint(
    confidentiality=Confidentiality.MEETING,
    team="北国県知財経営支援チーム",
    region="北国県",
    fiscal_year=2025,
    printed_by="鈴木 花子",
    printed_at=datetime(2026, 3, 10, 15, 20, tzinfo=JAPAN),
    approvals=("所長", "課長", "担当"),
)

COMPANY = Company(
    name="北国精密株式会社",
    corporate_number="7000012050002",
    representative="代表取締役　北国 太郎",
    industry="金属製品製造業（切削加工・治具）",
    address="北国県北国市工業団地3丁目12番地の5",
    employees=42,
)

PEOPLE = (
    Person("佐藤 健一", PersonSide.SUPPORT, "北国県知財経営支援チーム　事業プロデューサー"),
    Person("鈴木 花子", PersonSide.SUPPORT, "同　補佐"),
    Person("北国 太郎", PersonSide.COMPANY, "代表取締役"),
    Person("髙𣘺 誠", PersonSide.COMPANY, "製造部長"),
    Person("林 久美", PersonSide.EXPERT, "弁理士"),
)

FACTS = (
    "主力は切削加工で、売上の6割が1社に集中している。見積りの前に図面を渡すことが慣行になっていて、"
    "値決めは先方の指値がほとんどである。",
    "自社で考えた治具を6月12日の機械展に出した。来場者からの引き合いは国内14件、海外2件。",
    "加工条件（送り速度と刃先の温度の組合せ）は工場長と職長の2名だけが知っている。文書にはなっていない。",
    "治具は㎡あたりの取り付け時間を3分の1にできる。型式は「KJ-①」「KJ-②」の2種で、部品はｶﾞｲﾄﾞﾋﾟﾝを除いて内製。",
)

VISIT = Visit(
    number=3,
    on=date(2025, 7, 22),
    starts=time(13, 30),
    ends=time(16, 0),
    method=SessionMethod.VISIT,
    location="北国精密株式会社　本社工場　第2会議室",
    people=PEOPLE,
    purpose="治具の開発の経緯と、図面・加工条件の扱いを現場で確かめ、守り方の方針を決める。",
    lines=(
        NoteLine("代表者の説明を受けたあと、第1工場と検査室を見学した。撮影は断られた。", None, time(13, 34)),
        NoteLine(FACTS[0], Mark.FACT, time(13, 41)),
        NoteLine(FACTS[1], Mark.FACT, time(13, 52)),
        NoteLine(FACTS[2], Mark.FACT, time(14, 5)),
        NoteLine(
            "図面を渡した先との秘密保持の約束がなく、治具をまねされても止める手立てがない。",
            Mark.ISSUE,
            time(14, 20),
        ),
        NoteLine(
            "加工条件を知る2名が5年以内に定年になる。引き継ぎの手順が決まっていない。",
            Mark.ISSUE,
            time(14, 31),
        ),
        NoteLine(
            "治具は特許出願を検討する。加工条件は出願せず、社内の秘密として管理する。",
            Mark.DECISION,
            time(15, 2),
            (
                Homework("公開前の図面の一覧を作る", "北国精密　髙𣘺", date(2025, 8, 5), is_done=True),
                Homework("弁理士の相談を予約する", "鈴木", date(2025, 7, 29), is_done=True),
            ),
        ),
        NoteLine(
            "見積りのときに渡す図面は外形図に限り、渡す前に秘密保持の確認書を交わす。",
            Mark.DECISION,
            time(15, 20),
            (Homework("確認書のひな形を用意する", "佐藤", date(2025, 8, 19)),),
        ),
        NoteLine(
            "新規性喪失の例外を使う出願は、公開日（令和7年6月12日）から1年の令和8年6月12日までに済ませる。",
            Mark.DEADLINE,
            time(15, 33),
        ),
        NoteLine(
            "海外の引き合い先の一覧をもらう",
            Mark.HOMEWORK,
            time(15, 40),
            (Homework("海外の引き合い先の一覧を送る"),),
        ),
        NoteLine("社長は「下請けの仕事を断れるようになりたい」と繰り返し話していた。", None, time(15, 47)),
    ),
    next_on=date(2025, 9, 2),
    next_starts=time(10, 0),
)

CALL = Visit(
    number=4,
    on=date(2025, 8, 5),
    starts=time(11, 0),
    ends=time(11, 20),
    method=SessionMethod.PHONE,
    people=(PEOPLE[1], PEOPLE[3]),
    lines=(
        NoteLine(
            "図面の一覧を受け取った。展示会の前に渡した先は3社で、いずれも見積りのため。",
            Mark.FACT,
            time(11, 4),
        ),
    ),
)

FIRST = Visit(
    number=1,
    on=date(2025, 6, 27),
    starts=time(10, 0),
    ends=time(10, 40),
    method=SessionMethod.ONLINE,
    location="Ｗｅｂ会議",
    people=(PEOPLE[1], PEOPLE[2]),
    purpose="事前の聞き取り",
    lines=(
        NoteLine("北国商工会議所の紹介。治具を自社の商品として売りたい。", None, time(10, 6)),
        NoteLine("売上の6割が1社に集中している。", Mark.FACT, time(10, 15)),
    ),
    next_on=date(2025, 7, 22),
)

PLAN = Plan(
    company=COMPANY,
    goal="治具を自社の商品として売り、下請けの比率を3年で6割から4割に下げる。"
    "そのために治具の形と使い方を権利で守り、加工条件は秘密として管理できる体制をつくる。",
    since=date(2025, 7, 1),
    until=date(2026, 3, 31),
    imprint=IMPRINT,
    indicators=(
        Indicator("自社商品の売上（万円）", "0", "1,200", "380"),
        Indicator("下請けの比率（％）", "62", "50", "58"),
        Indicator("特許出願（件）", "0", "1", "1"),
        Indicator("秘密管理の規程と表示", "なし", "全部署", "製造部のみ"),
        Indicator("新規の引き合い（件）", "16", "40", "12"),
    ),
    milestones=(
        Milestone("機械展", date(2025, 10, 9)),
        Milestone("出願", date(2025, 11, 28)),
        Milestone("連携会議", date(2025, 12, 3)),
        Milestone("報告会", date(2026, 2, 20)),
    ),
    actions=(
        PlannedAction(
            "a",
            "治具の権利化",
            "佐藤",
            date(2025, 7, 22),
            date(2025, 11, 28),
            date(2025, 11, 27),
            100,
            ActionStatus.DONE,
            Stage.PROTECT,
        ),
        PlannedAction(
            "a1",
            "先行技術の調査",
            "鈴木",
            date(2025, 7, 29),
            date(2025, 9, 12),
            date(2025, 9, 10),
            100,
            ActionStatus.DONE,
            None,
            "a",
        ),
        PlannedAction(
            "a2",
            "明細書の案を作る",
            "林弁理士",
            date(2025, 9, 16),
            date(2025, 11, 14),
            date(2025, 11, 20),
            100,
            ActionStatus.DONE,
            None,
            "a",
        ),
        PlannedAction(
            "b",
            "秘密管理の体制",
            "髙𣘺部長",
            date(2025, 8, 5),
            date(2026, 1, 30),
            None,
            60,
            ActionStatus.DOING,
            Stage.PROTECT,
        ),
        PlannedAction(
            "b1",
            "加工条件の文書化",
            "髙𣘺部長",
            date(2025, 8, 5),
            date(2025, 10, 31),
            None,
            80,
            ActionStatus.DOING,
            None,
            "b",
        ),
        PlannedAction(
            "b2",
            "社内の規程と表示",
            "総務",
            date(2025, 10, 1),
            date(2026, 1, 30),
            None,
            30,
            ActionStatus.DOING,
            None,
            "b",
        ),
        PlannedAction(
            "c",
            "販路の開拓",
            "北国社長",
            date(2025, 10, 1),
            date(2026, 3, 31),
            None,
            25,
            ActionStatus.DOING,
            Stage.SALES,
        ),
        PlannedAction(
            "c1",
            "英文カタログ",
            "営業",
            date(2026, 1, 13),
            date(2026, 3, 20),
            None,
            0,
            ActionStatus.OPEN,
            None,
            "c",
        ),
    ),
    issues=(
        Issue(
            "図面を渡した先との約束がなく、治具をまねされても止められない。",
            "治具を特許出願し、見積りの図面は外形図に限る。渡す前に秘密保持の確認書を交わす。",
            "特許、契約",
        ),
        Issue(
            "加工条件を知る2名が5年以内に定年になる。",
            "条件を文書にし、秘密の表示をして保管する。引き継ぎの手順を決め、半年ごとに見直す。",
            "営業秘密・ノウハウ",
        ),
        Issue(
            "下請けの比率が高く、値決めができない。",
            "治具を自社の名前で売る。商品名を商標登録し、機械展とカタログで使う。",
            "商標、ブランド",
        ),
    ),
)

SHEET = VisitSheet(
    company=COMPANY,
    visit=Visit(
        number=5,
        on=date(2025, 9, 2),
        starts=time(10, 0),
        ends=time(11, 30),
        location="北国精密株式会社　本社工場",
        people=PEOPLE,
        purpose="先行技術の調査の結果を伝え、出願する範囲と、秘密にしておく範囲を決める。",
    ),
    imprint=replace(IMPRINT, approvals=()),
    homework=(
        Homework("確認書のひな形を用意する", "佐藤", date(2025, 8, 19)),
        Homework("海外の引き合い先の一覧を送る", "", None),
        Homework("先行技術の調査の結果をまとめる", "鈴木", date(2025, 9, 2)),
    ),
    questions=(
        "まねされると一番困るものは。",
        "それを知っている人は何人。",
        "退職者が出たら何が無くなるか。",
        "次の製品は誰と作るか。",
        "3年後に何で稼いでいたいか。",
    ),
    dates=(DateToWatch(date(2026, 6, 12), "新規性喪失の例外による出願（公開日から1年）"),),
    earlier=(CALL, VISIT, FIRST),
)


def history_of(*visits: Visit, imprint: Imprint = IMPRINT, company: Company = COMPANY) -> History:
    return History(company, date(2025, 4, 1), date(2026, 3, 31), visits, imprint)


def minutes_of(visit: Visit = VISIT, imprint: Imprint = IMPRINT) -> Minutes:
    return Minutes(COMPANY, visit, replace(imprint, approvals=("県", "INPIT", "所長", "課長", "担当")))
