"""Commands around the web page: the demo, the page itself, its users, its audit log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ui import batch, console, guard
from ui.command import Json, Output, app, door, opened


@app.command()
def demo(output: Output = Path("build/demo-memo.md")) -> None:
    """演示：读样例报告，问几个问题，核对一段有错的话，写一份复核意见。"""
    from ui import demo as show

    show.run(output or Path("build/demo-memo.md"))


@app.command(name="ui")
def page(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="监听地址；不是本机的，须有 --auth")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 7860,
    auth: Annotated[Path | None, typer.Option(help="用户文件（heshu user add 建立）；给出后须登录")] = None,
    cert: Annotated[Path | None, typer.Option(help="TLS 证书（PEM）；给出后网页走 https")] = None,
    key: Annotated[Path | None, typer.Option(help="TLS 证书的私钥（PEM，不带口令）")] = None,
) -> None:
    """打开网页：选报告、提问、看每个数字的核对结论和出处。"""
    from ui import web

    if (cert is None) != (key is None):
        raise typer.BadParameter("--cert 和 --key 要一起给。")
    certificate = web.Certificate(cert, key) if cert and key else None
    if certificate is None and host not in guard.LOCAL:
        console.error("网页没有加密：请给 --cert 和 --key，或放在 HTTPS 反向代理之后。")
    web.serve(door(context), host=host, port=port, users=auth, certificate=certificate)


users = typer.Typer(help="网页的用户：建立、改口令、列出、删除。", no_args_is_help=True)
app.add_typer(users, name="user")
UsersFile = Annotated[Path | None, typer.Option("--file", help="用户文件；默认数据目录里的 users")]


@users.command(name="add")
def add_one(context: typer.Context, name: str, file: UsersFile = None) -> None:
    """建立用户，或改其口令。口令在提示下输入，或由标准输入的一行给出；只存哈希。"""
    import sys

    from assistant import add_user

    if sys.stdin.isatty():
        password = typer.prompt("口令", hide_input=True, confirmation_prompt="再输一遍")
    else:
        password = batch.stdin().rstrip("\r\n")
    path = file or door(context).home / "users"
    new = add_user(path, name, password)
    console.say(f"{'已建立用户' if new else '已改口令：'} {name}（{path}）")


@users.command(name="list")
def listed(context: typer.Context, file: UsersFile = None) -> None:
    """列出用户。"""
    from assistant import read_users

    for name in read_users(file or door(context).home / "users"):
        console.say(name)


@users.command(name="remove")
def remove_one(context: typer.Context, name: str, file: UsersFile = None) -> None:
    """删除用户；其对话留下。"""
    from assistant import remove_user

    remove_user(file or door(context).home / "users", name)
    console.say(f"已删除用户 {name}")


@app.command()
def audit(
    context: typer.Context,
    user: Annotated[str | None, typer.Option(help="只看这个用户的")] = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """审计日志：谁在什么时候问了什么、用了哪些数字、判定如何；-o 导出 JSON 行。日志被改过时退出码 1。"""
    from assistant import audit_rows

    with opened(context) as assistant:
        shape = audit_rows(assistant, user)
    if output:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in shape["rows"])
        output.write_text(lines, encoding="utf-8")
        console.say(f"已写入 {output}：{len(shape['rows'])} 条")
    else:
        batch.give(shape, as_json, lambda told: console.audit(told["rows"]))
    if shape["broken"] is not None:
        console.error(f"审计日志从第 {shape['broken']} 条起对不上：有人改过、删过或插入过记录。")
        raise typer.Exit(1)
