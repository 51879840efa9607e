import { escaped, xmlHead } from '../../workbooks/xml.ts';
import type { BookSheet, Placed } from './book.ts';

/** The part that says where a sheet's charts and pictures lie. */

const EMU_PER_PIXEL = 9525;

/** @param ids relationships of the charts, then of the pictures, in their order */
export function drawingXml({ charts, pictures }: BookSheet, ids: readonly string[]): string {
  const shapes = [
    ...charts.map((chart, i) => anchored(chart, chartFrame(chart, i + 2, ids[i] ?? ''))),
    ...pictures.map((picture, i) => {
      const n = charts.length + i;
      return anchored(picture, pictureFrame(picture, n + 2, ids[n] ?? ''));
    }),
  ];
  return `${xmlHead}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${shapes.join('')}</xdr:wsDr>`;
}

/** Of its own size, wherever its cell is: wider columns do not stretch it. */
const anchored = ({ row, column, width, height }: Placed, frame: string): string =>
  `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="${width * EMU_PER_PIXEL}" cy="${height * EMU_PER_PIXEL}"/>${frame}<xdr:clientData/></xdr:oneCellAnchor>`;

const named = (id: number, says: string): string =>
  `<xdr:cNvPr id="${id}" name="Figure ${id - 1}" descr="${escaped(says)}"/>`;

const chartFrame = ({ says }: Placed, id: number, relation: string): string =>
  `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>${named(id, says)}<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="${relation}"/></a:graphicData></a:graphic></xdr:graphicFrame>`;

const pictureFrame = ({ says, width, height }: Placed, id: number, relation: string): string =>
  `<xdr:pic><xdr:nvPicPr>${named(id, says)}<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${width * EMU_PER_PIXEL}" cy="${height * EMU_PER_PIXEL}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>`;
