/** A part of the page that needs to be told when it is in the page, and when it goes. */
export interface Part {
  readonly node: HTMLElement;
  mount?(): void;
  dispose?(): void;
}
