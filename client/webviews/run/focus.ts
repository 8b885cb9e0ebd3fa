/**
 * Remembers where a person writes before a page is drawn anew, and gives what puts the focus back there: into the input of the same name
 * (`data-keep-focus`), with the caret where it was.
 */
export function keepFocus(): () => void {
  // A page that is drawn anew while somebody writes elsewhere must not take the focus from there.
  const before = document.hasFocus() ? document.activeElement : null;
  const name = before instanceof HTMLElement ? before.dataset['keepFocus'] : undefined;
  if (name === undefined) return () => undefined;
  const from = before instanceof HTMLInputElement ? before.selectionStart : null;
  const to = before instanceof HTMLInputElement ? before.selectionEnd : null;
  return () => {
    const after = [...document.querySelectorAll<HTMLElement>('[data-keep-focus]')].find((one) => one.dataset['keepFocus'] === name);
    after?.focus({ preventScroll: true });
    if (after instanceof HTMLInputElement && from !== null && to !== null) after.setSelectionRange(from, to);
  };
}
