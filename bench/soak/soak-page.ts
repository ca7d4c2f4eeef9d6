import { LineChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { SoakSecond } from "./soak-record.ts";

use([GridComponent, LineChart, SVGRenderer, TitleComponent]);

const PLOTS: readonly (readonly [title: string, of: (second: SoakSecond) => number])[] = [
  ["Median of a second, in ms", ({ median }) => median],
  ["Longest call of a second, in ms", ({ longest }) => longest],
  ["Heap of the calling thread, in MB", ({ heap }) => heap / 1e6],
  ["Failed calls of a second", ({ errors }) => errors],
];

/** The page of a soak: what was printed, and a plot of each figure over the seconds. */
export function soakPage(printed: string, seconds: readonly SoakSecond[]): string {
  const plots = PLOTS.map(([title, of]) => plot(title, seconds.map(of)));
  return `<!doctype html><meta charset="utf-8"><title>Entrada: soak</title>
<style>body{font:16px system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}pre{background:#f3f4f6;padding:1rem;overflow:auto}svg{max-width:100%;height:auto}</style>
<h1>Soak</h1>
<pre>${printed.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>
${plots.join("\n")}
`;
}

function plot(title: string, values: readonly number[]): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 1100, height: 240 });
  chart.setOption({
    animation: false,
    title: { text: title, textStyle: { fontSize: 14 } },
    grid: { left: 60, right: 20, top: 40, bottom: 30 },
    xAxis: { type: "category", data: values.map((_, second) => second) },
    yAxis: { type: "value" },
    series: [{ type: "line", data: [...values], showSymbol: false, lineStyle: { width: 1 } }],
  });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  return drawn;
}
