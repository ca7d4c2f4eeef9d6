import { BarChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { quantity, shareText, type Row } from "./row.ts";

use([BarChart, GridComponent, LabelLayout, MarkLineComponent, SVGRenderer, TitleComponent, TooltipComponent]);

const WIDTH = 1100;
const ROW_HEIGHT = 34;
const INK = "#1f2933";
const OURS = "#2563eb";
const THEIRS = "#9aa5b1";

/** Entrada's share of the peer's figure, one bar a row, on a logarithmic scale: the line is "no difference". */
export function ratioChart(rows: readonly Row[]): string {
  const shown = rows.filter(({ ratio }) => ratio && ratio.median > 0).toReversed();
  return svg(shown.length, {
    grid: { left: 360, right: 90, top: 30, bottom: 40 },
    xAxis: { type: "log", axisLabel: { formatter: (value: number) => shareText(value) } },
    yAxis: { type: "category", data: shown.map(({ work }) => work), axisLabel: { color: INK, width: 350 } },
    series: [
      {
        type: "bar",
        data: shown.map(({ ratio, goal }) => ({
          value: ratio!.median,
          itemStyle: { color: goal?.holds === false ? "#d97706" : OURS },
        })),
        label: {
          show: true,
          position: "right",
          color: INK,
          formatter: ({ value }: { value: unknown }) => shareText(Number(value)),
        },
        markLine: { symbol: "none", data: [{ xAxis: 1 }], label: { formatter: "the peer" } },
      },
    ],
  });
}

/** Both figures of one row beside each other. */
export function figureChart({ entrada, peer, unit }: Row): string {
  const figures = [...(peer ? [{ name: "peer", figure: peer, color: THEIRS }] : []), ours(entrada)];
  return svg(figures.length, {
    grid: { left: 90, right: 110, top: 6, bottom: 6 },
    xAxis: { type: "value", show: false },
    yAxis: { type: "category", data: figures.map(({ name }) => name), axisLabel: { color: INK } },
    series: [
      {
        type: "bar",
        data: figures.map(({ figure, color }) => ({ value: figure.median, itemStyle: { color } })),
        label: {
          show: true,
          position: "right",
          color: INK,
          formatter: ({ value }: { value: unknown }) => quantity(Number(value), unit),
        },
      },
    ],
  });
}

function ours(figure: Row["entrada"]): { name: string; figure: Row["entrada"]; color: string } {
  return { name: "Entrada", figure, color: OURS };
}

function svg(bars: number, option: Parameters<ReturnType<typeof init>["setOption"]>[0]): string {
  const height = bars * ROW_HEIGHT + 70;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: "system-ui, sans-serif" }, ...option });
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}
