import type { BrowserContextOptions, Locator, Page } from 'playwright-core';

/** How a reader acts: by mouse, by keyboard alone, or with a finger on a phone. */
export type Hand = {
  readonly name: string;
  readonly options: BrowserContextOptions;
  press(page: Page, on: Locator): Promise<void>;
  write(page: Page, into: Locator, text: string): Promise<void>;
  /** Takes a row by its handle to the upper half of another, or moves it there by keys. */
  carry(page: Page, row: Locator, steps: { readonly up: number; readonly onto: Locator }): Promise<void>;
};

const MOST_TABS = 150;

/** Tab until it has the focus, as one who has no mouse would. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  await to.waitFor();
  for (let i = 0; i < MOST_TABS; i++) {
    if (await to.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(to)}`);
}
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
  write: (_, into, text) => into.fill(text),
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
    const isBox = await on.evaluate((e) => e instanceof HTMLInputElement && e.type === 'checkbox');
    await page.keyboard.press(isBox ? 'Space' : 'Enter');
  },
  async write(page, into, text) {
    await tabTo(page, into);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
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
  async write(_, into, text) {
    await into.tap();
    await into.fill(text);
  },
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
