// The two charts' options, the same for both peers.
const monthNames = Array.from({ length: 12 }, (_, i) => `${i + 1}月`);

export const lineOption = ({ lines }) => ({
  tooltip: { trigger: 'axis' },
  grid: { left: 40, right: 60, top: 24, bottom: 28 },
  xAxis: { type: 'category', data: monthNames, boundaryGap: false },
  yAxis: { type: 'value' },
  series: lines.map(({ year, values }, i) => ({
    type: 'line',
    name: String(year),
    data: values,
    lineStyle: { width: i === lines.length - 1 ? 3 : 1 },
    color: i === lines.length - 1 ? '#b4261c' : '#999',
    endLabel: { show: true, formatter: '{a}' },
  })),
});

export const heatOption = ({ units, values }) => ({
  tooltip: {},
  grid: { left: 150, right: 16, top: 28, bottom: 16 },
  xAxis: { type: 'category', data: monthNames, position: 'top' },
  yAxis: { type: 'category', data: units, inverse: true },
  visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: ['#f6d9b8', '#d9ece4'] } },
  series: [
    {
      type: 'heatmap',
      data: values,
      label: { show: true, formatter: ({ data }) => data.text },
      itemStyle: { borderColor: '#fff', borderWidth: 2 },
    },
  ],
});
