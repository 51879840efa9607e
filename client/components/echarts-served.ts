import { hydrate } from 'echarts/ssr/client/index';

/** Hears clicks on a chart that the server has drawn, until ECharts itself has come. */
export function hearClicks(
  stage: HTMLElement,
  onClick: (place: { seriesIndex: number; dataIndex: number }) => void,
): void {
  hydrate(stage, {
    on: {
      click: ({ seriesIndex, dataIndex }) => {
        if (seriesIndex !== undefined && dataIndex !== undefined) onClick({ seriesIndex, dataIndex });
      },
    },
  });
}
