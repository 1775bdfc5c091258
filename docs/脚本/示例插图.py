"""Draws the pictures of the example applicant 示例联合体: boxes, arrows, few colours, small files.

.venv/bin/python docs/脚本/示例插图.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "申报单位" / "示例联合体" / "正文" / "图"
FONT = ROOT / ".local" / "fonts" / "NotoSansCJK-Regular.ttc"

WIDTH = 1600
INK, LINE, DEEP, PALE, GREY, WHITE = (
    "#1f2d3d",
    "#5b7083",
    "#2f5d8c",
    "#dce7f2",
    "#eef0f2",
    "#ffffff",
)
COLOURS = 12


class Sheet:
    """A white page 1600 dots wide; boxes are named by their left, top, width, height."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH, height), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def box(
        self,
        left: int,
        top: int,
        width: int,
        height: int,
        text: str,
        fill: str = PALE,
        size: int = 34,
    ) -> None:
        ink = WHITE if fill == DEEP else INK
        self.draw.rectangle((left, top, left + width, top + height), fill, LINE, 2)
        self.words(left + width // 2, top + height // 2, text, size, ink)

    def words(self, middle: int, centre: int, text: str, size: int, ink: str = INK) -> None:
        font = ImageFont.truetype(str(FONT), size, index=2)  # index 2: the SC faces
        lines = text.split("\n")
        step = size * 4 // 3
        top = centre - step * len(lines) // 2 + step // 2
        for number, line in enumerate(lines):
            self.draw.text((middle, top + number * step), line, ink, font, anchor="mm")

    def arrow(self, *points: tuple[int, int]) -> None:
        """A line through the points, a head at the last (which lies right, below or above)."""
        self.draw.line(points, LINE, 4)
        (x0, y0), (x, y) = points[-2], points[-1]
        if y == y0:
            back = -18 if x > x0 else 18
            head = [(x, y), (x + back, y - 10), (x + back, y + 10)]
        else:
            back = -18 if y > y0 else 18
            head = [(x, y), (x - 10, y + back), (x + 10, y + back)]
        self.draw.polygon(head, LINE)

    def row(
        self, left: int, right: int, top: int, height: int, texts: list[str], fill: str
    ) -> None:
        """Boxes of one width, 20 dots apart, from `left` to `right`."""
        width = (right - left - 20 * (len(texts) - 1)) // len(texts)
        for number, text in enumerate(texts):
            self.box(left + number * (width + 20), top, width, height, text, fill)

    def save(self, name: str) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        few = self.image.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(FOLDER / name, optimize=True)


def structure() -> None:
    """总体架构图: whom it serves, eight services, platforms, facilities, three units."""
    sheet = Sheet(1010)
    services = [
        "评估咨询",
        "方案开发",
        "项目实施",
        "供需对接",
        "设施联通",
        "数据共享",
        "人才培养",
        "政策宣贯",
    ]
    eight = [f"{name[:2]}\n{name[2:]}" for name in services]
    units = ["示例数字科技\n有限公司（牵头）", "示例智造研究院", "示例云联网络\n有限公司"]
    layers = [
        ("服务对象", ["机械企业", "汽车企业", "电子信息\n制造企业", "园区\n与集群"], PALE, 120),
        ("八项服务", eight, DEEP, 130),
        ("服务平台", ["诊断评估", "方案资源池", "项目管理", "数据资源", "在线实训"], PALE, 110),
        (
            "基础条件",
            ["体验测试区", "试验线与\n检测设备", "算力与云", "工业网络", "安全监测"],
            GREY,
            120,
        ),
        ("建设主体", units, GREY, 120),
    ]
    top = 30
    for number, (name, texts, fill, height) in enumerate(layers):
        sheet.draw.rectangle((30, top, 1430, top + height + 40), None, LINE, 2)
        sheet.words(120, top + 20 + height // 2, name, 36)
        sheet.row(220, 1410, top + 20, height, texts, fill)
        top += height + 40
        if number < len(layers) - 1:
            sheet.arrow((815, top + 36), (815, top + 2))
            top += 38
    sheet.box(1460, 30, 110, top - 30, "制\n度\n标\n准\n与\n数\n据\n安\n全", GREY, 36)
    sheet.save("总体架构图.png")


def flow() -> None:
    """服务流程图: seven steps, what each leaves behind, and the way back."""
    steps = [
        ("受理登记", "企业\n登记表"),
        ("自评诊断", "诊断报告\n企业档案"),
        ("方案匹配", "方案建议书\n报价单"),
        ("签约立项", "服务合同\n任务书"),
        ("实施监理", "周报\n测试报告"),
        ("验收运维", "验收报告\n运维记录"),
        ("沉淀复用", "数据集\n案例、模型"),
    ]
    sheet = Sheet(520)
    width, gap = 186, 36
    for number, (name, result) in enumerate(steps):
        left = 40 + number * (width + gap)
        middle = left + width // 2
        sheet.box(left, 120, width, 100, name, DEEP, 38)
        sheet.box(left, 300, width, 120, result, GREY, 32)
        sheet.arrow((middle, 220), (middle, 298))
        if number:
            sheet.arrow((left - gap, 170), (left - 2, 170))
    last = 40 + 6 * (width + gap) + width // 2
    third = 40 + 2 * (width + gap) + width // 2
    sheet.arrow((last, 120), (last, 60), (third, 60), (third, 118))
    sheet.words((last + third) // 2, 30, "模型、案例和方案回到资源池，供下一家企业使用", 32)
    sheet.words(WIDTH // 2, 472, "每一步的结果存入项目管理系统，企业可以随时查看", 32)
    sheet.save("服务流程图.png")


def main() -> None:
    if not FONT.exists():
        raise SystemExit(f"缺字体 {FONT.relative_to(ROOT)}")
    structure()
    flow()


if __name__ == "__main__":
    main()
