/** Copying words out of the page. */

/** The clipboard is closed to pages over plain http; a selected field is copied the old way. */
export async function copied(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
