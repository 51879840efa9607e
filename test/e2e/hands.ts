import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { markIn, topOf } from './marks.ts';

/** How a reader acts: by mouse, by keyboard alone, or with a finger on a phone. */
export type Hand = {
  readonly name: 'mouse' | 'keyboard' | 'touch';
  readonly options: BrowserContextOptions;
  press(page: Page, on: Locator): Promise<void>;
  /** Presses what has keys of its own: by keyboard those are used. */
  call(page: Page, by: { readonly button: Locator; readonly keys: string }): Promise<void>;
  write(page: Page, into: Locator, text: string): Promise<void>;
  /** Takes an item of a list or menu that is open. */
  choose(page: Page, item: Locator): Promise<void>;
  /** Sets a field of choices to the one of this value. */
  set(page: Page, field: Locator, value: string): Promise<void>;
  /** Ticks a box among boxes that are one stop of the Tab key together. */
  tick(page: Page, boxes: Locator, nth: number): Promise<void>;
  /** Opens a mark of a chart: the nth of the current period's, from the left or from the top. */
  pick(page: Page, view: string, nth: number): Promise<void>;
  /** Closes what lies over the page. */
  leave(page: Page): Promise<void>;
  /** Takes a row by its handle to the upper half of another, or moves it there by keys. */
  carry(page: Page, row: Locator, steps: { readonly up: number; readonly onto: Locator }): Promise<void>;
};

const MOST_TABS = 400;
const MOST_ARROWS = 60;

/** Tab until it has the focus, as one who has no mouse would. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  await to.waitFor();
  for (let i = 0; i < MOST_TABS; i++) {
    if (await to.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(to)}`);
}
/** Presses a key until it is so. */
async function pressUntil(page: Page, key: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < MOST_ARROWS; i++) {
    if (await isSo()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there`);
}
const hasFocus = (on: Locator): Promise<boolean> => on.evaluate((e) => e === document.activeElement);
/** Where the focus is must be seen: by an outline of its own, or of what it stands in. */
async function seesFocus(on: Locator): Promise<void> {
  const isSeen = await on.evaluate((e) => {
    const shows = (of: Element): boolean => {
      // A card shows it around the whole of it.
      return [null, '::after'].some((part) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(of, part);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      });
    };
    return shows(e) || (e.parentElement !== null && shows(e.parentElement));
  });
  if (!isSeen) throw new Error(`nothing shows that ${String(on)} has the focus`);
}
/** A place of a page that does nothing. */
const NOWHERE = { x: 3, y: 3 };
async function middleOf(on: Locator): Promise<{ x: number; y: number }> {
  const box = await on.boundingBox();
  if (!box) throw new Error(`${String(on)} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
async function headOf(row: Locator): Promise<{ x: number; y: number }> {
  const box = await row.boundingBox();
  if (!box) throw new Error('no row');
  return { x: box.x + box.width / 2, y: box.y + 6 };
}

const mouse: Hand = {
  name: 'mouse',
  options: {},
  press: (_, on) => on.click(),
  call: (_, { button }) => button.click(),
  write: (_, into, text) => into.fill(text),
  choose: (_, item) => item.click(),
  set: async (_, field, value) => void (await field.selectOption(value)),
  tick: (_, boxes, nth) => boxes.nth(nth).click(),
  async pick(page, view, nth) {
    const { x, y } = await markIn(page, view, nth);
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
  },
  leave: (page) => page.mouse.click(NOWHERE.x, NOWHERE.y),
  async carry(page, row, { onto }) {
    await onto.scrollIntoViewIfNeeded();
    const from = await middleOf(row.locator('.handle'));
    const to = await headOf(onto);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(from.x, to.y, { steps: 4 });
    await page.mouse.up();
  },
};

const keyboard: Hand = {
  name: 'keyboard',
  options: {},
  async press(page, on) {
    await tabTo(page, on);
    await seesFocus(on);
    const isBox = await on.evaluate((e) => e instanceof HTMLInputElement && e.type === 'checkbox');
    await page.keyboard.press(isBox ? 'Space' : 'Enter');
  },
  call: (page, { keys }) => page.keyboard.press(keys),
  async write(page, into, text) {
    await tabTo(page, into);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
  async choose(page, item) {
    await item.waitFor();
    await pressUntil(page, 'ArrowDown', () => item.evaluate((e) => e.hasAttribute('data-highlighted')));
    await page.keyboard.press('Enter');
  },
  async set(page, field, value) {
    await tabTo(page, field);
    await page.keyboard.press('Home');
    await pressUntil(page, 'ArrowDown', async () => (await field.inputValue()) === value);
  },
  async tick(page, boxes, nth) {
    await tabTo(page, boxes.and(page.locator('[tabindex="0"]')));
    await page.keyboard.press('Home');
    await pressUntil(page, 'ArrowDown', () => hasFocus(boxes.nth(nth)));
    await seesFocus(boxes.nth(nth));
    await page.keyboard.press('Space');
  },
  async pick(page, view, nth) {
    const stage = topOf(page, view).locator('.stage');
    await tabTo(page, stage);
    await seesFocus(stage);
    await page.keyboard.press('Home');
    for (let i = 0; i < nth; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
  },
  leave: (page) => page.keyboard.press('Escape'),
  async carry(page, row, { up }) {
    await tabTo(page, row.locator('[data-up]'));
    // By the button and by the keys: both move it one place.
    await page.keyboard.press('Enter');
    for (let i = 1; i < up; i++) await page.keyboard.press('Alt+ArrowUp');
  },
};

const touch: Hand = {
  name: 'touch',
  options: {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  },
  press: (_, on) => on.tap(),
  call: (_, { button }) => button.tap(),
  async write(_, into, text) {
    await into.tap();
    await into.fill(text);
  },
  choose: (_, item) => item.tap(),
  set: async (_, field, value) => void (await field.selectOption(value)),
  tick: (_, boxes, nth) => boxes.nth(nth).tap(),
  async pick(page, view, nth) {
    const { x, y } = await markIn(page, view, nth);
    await page.touchscreen.tap(x, y);
  },
  leave: (page) => page.touchscreen.tap(NOWHERE.x, NOWHERE.y),
  async carry(page, row, { onto }) {
    await onto.scrollIntoViewIfNeeded();
    const cdp = await page.context().newCDPSession(page);
    const from = await middleOf(row.locator('.handle'));
    const to = await headOf(onto);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number): Promise<unknown> =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x: from.x, y }],
      });
    await send('touchStart', from.y);
    for (const share of [0.3, 0.6, 1]) await send('touchMove', from.y + (to.y - from.y) * share);
    await send('touchEnd');
    await cdp.detach();
  },
};

export const hands: readonly Hand[] = [mouse, keyboard, touch];
