/** The words of the editor. */

export const editorNl = {} as const;
