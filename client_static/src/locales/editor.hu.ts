/** The words of the editor. */

export const editorHu = {} as const;
