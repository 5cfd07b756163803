"""A user's mistake in one line, Chinese and English."""

from __future__ import annotations

from fiscograph.errors import FilingErrors
from fiscograph.terminal.console import messages

_CHINESE: dict[str, str] = {
    "FilingError": "无法读取该申报文件",
    "ReadersEndedError": "读取申报文件的进程被终止，没有发布",
    "ReportUnwritable": "报告无法写到此处",
    "GraphUnreadable": "无法读取该图数据",
    "NothingToCheck": "没有可核对的内容",
    "ShapesError": "约束文件无法使用",
    "FileTroubleError": "文件无法读写",
    "UsageError": "用法有误",
    "SettingsError": "配置有误",
    "ResourceMissingError": "程序安装不完整",
    "NotAReleaseError": "此处没有已发布的数据",
    "ReleaseUnreadable": "已发布的数据无法读取",
    "VarUnwritable": "程序自用目录无法写入",
    "ExtraMissingError": "此格式需另装",
    "TooLongForSheetError": "表格行数超出电子表格的上限",
    "PortInUse": "无法在此地址提供服务",
    "NotASiteError": "目录里有别的内容，未动",
    "SiteUnwritableError": "网站无法写到此处",
    "PageFailed": "有网页无法生成，没有换上",
    "DeadLinksError": "有链接无处可去，没有换上",
    "SearchUnavailable": "此 Python 的 SQLite 没有全文检索",
    "QueryTooDeep": "查询太复杂",
    "QueryUnsupported": "查询用到了这里没有的东西",
    "QueryOutOfMemory": "查询需要的内存过多",
    "EngineFailed": "查询引擎出错",
    "IndexUnreadable": "索引无法读取",
    "IndexUnwritable": "索引无法写入",
    "QueryError": "查询无法回答",
    "ReleaseError": "发布的数据有问题",
    "ManifestError": "内容与清单不符",
    "ForeignFilesError": "目录里有不属于发布的文件，未动",
    "PublisherBusyError": "另一个进程正在发布",
    "ViolationsError": "图数据不符合约束，未发布",
    "QuerySyntax": "查询语法有误",
    "QueryTimeout": "查询超时",
    "ResultTooLarge": "查询结果过大",
    "TooManyRows": "查询结果行数过多",
    "UpdateRefused": "只接受只读查询",
    "ServiceRefused": "不接受 SERVICE",
}


def in_chinese(error: Exception) -> str:
    """What kind of mistake it is; the particulars follow in English.

    >>> from fiscograph.errors import FilingError
    >>> in_chinese(FilingError("a.txt", "is empty"))
    '无法读取该申报文件'
    """
    for kind in type(error).__mro__:
        if kind.__name__ in _CHINESE:
            return _CHINESE[kind.__name__]
    return "出错"


def one_line(text: str) -> str:
    return " ".join(text.split())


def is_violation(error: Exception) -> bool:
    """Whether our own graph broke a shape, which is not the user's mistake."""
    return in_chinese(error) == _CHINESE["ViolationsError"]


def report(error: Exception) -> None:
    """Print the mistake on stderr, or each of several on a line of its own."""
    if isinstance(error, FilingErrors):
        for one in error.errors:
            report(one)
        return
    messages().print(f"{in_chinese(error)} / {one_line(str(error))}")


def report_usage(error: Exception) -> None:
    """Print a wrong use of the command line on stderr, with the way to its help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "fiscograph"
    text = getattr(error, "format_message", error.__str__)()
    if text:  # without a command, the help has been printed already
        messages().print(f"用法有误 / {one_line(text)} (see: {command} --help)")
