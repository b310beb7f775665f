"""Every exception heshu raises on purpose.

    HeshuError
    ├── BadInput          坏输入：文件、问题或参数有问题，用户能改
    │   ├── UnreadableFile    文件打不开、不完整、有密码、格式不识
    │   ├── TooLarge          超过上限（大小、页数、解压量、时间、内存）
    │   └── UnknownReport     没有这份报告
    ├── StoreBusy         数据目录正被另一个进程占用
    ├── StoreDamaged      数据目录损坏，附一条可执行的命令
    └── Unavailable       外部的东西暂时用不了（模型服务、Chroma 服务、数据库）

Trouble *in a report or an answer* is never an exception: it is a Finding or a Verdict.
The message of each is a Chinese sentence that says what is wrong and what to do.
"""


class HeshuError(Exception):
    """Root of all heshu exceptions; `str()` is a sentence for the reviewer."""


class BadInput(HeshuError):
    """The input is at fault and the user can mend it."""


class UnreadableFile(BadInput):
    """A file that cannot be read as the report it claims to be."""


class TooLarge(BadInput):
    """A file that exceeds a limit of size, pages, memory or time."""


class UnknownReport(BadInput):
    """A report was named that is not in the store."""


class StoreBusy(HeshuError):
    """Another process owns the data folder."""


class StoreDamaged(HeshuError):
    """The data folder is damaged; the message prints the one command that mends it."""


class Unavailable(HeshuError):
    """Something outside (model service, Chroma server, database) does not answer."""
