/** The words of the editor. */

export const editorSl = {} as const;
