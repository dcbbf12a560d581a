/** The words of the editor. */

export const editorDe = {} as const;
