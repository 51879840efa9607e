import { xmlHead } from '../workbooks/xml.ts';
import { faces } from './look.ts';

/** The part `word/fontTable.xml`: whoever lacks a face takes the next of its other names. 134: the characters of GB 2312. */
export const fontsXml = [
  xmlHead,
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  ...Object.values(faces).map(
    ({ name, fallbacks }) =>
      `<w:font w:name="${name}"><w:altName w:val="${fallbacks.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  ),
  '<w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>',
  '</w:fonts>',
].join('');
