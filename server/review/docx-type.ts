/** The media type of a Word document. Apart, so that who names it need not bring the library. */
export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
