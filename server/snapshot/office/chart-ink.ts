import { FACE } from './look.ts';

/** Colours, lines and type in DrawingML. */

/** `#b4261c` → `B4261C`. */
export const hex = (colour: string): string => colour.slice(1).toUpperCase();

export const solid = (colour: string): string =>
  `<a:solidFill><a:srgbClr val="${hex(colour)}"/></a:solidFill>`;

const EMU_PER_POINT = 12_700;
/** @param width points */
export const lineXml = (colour: string, width: number, dash?: string): string =>
  `<a:ln w="${Math.round(width * EMU_PER_POINT)}" cap="rnd">${solid(colour)}${dash === undefined ? '' : `<a:prstDash val="${dash}"/>`}<a:round/></a:ln>`;

export const faceXml = `<a:latin typeface="${FACE}"/><a:ea typeface="${FACE}"/>`;

/** The type of words that the program writes by itself. @param size points */
export const wordsXml = (size: number, colour: string): string =>
  `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${Math.round(size * 100)}" b="0">${solid(colour)}${faceXml}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;
