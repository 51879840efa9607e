import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds fault with, WCAG 2.2's size of what is pressed included: a line for each rule that is broken, with the elements that break it. Our pages have no
 * frames, so that it needs no page of its own beside them (`legacy`), and what is in order is not listed: that takes a
 * fifth of the time.
 * @param parts selectors of what alone is looked at; none: the whole page
 */
export async function axeFindings(page: Page, ...parts: readonly string[]): Promise<string[]> {
  let axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
  for (const part of parts) axe = axe.include(part);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 200)).join(' | ')}`);
}
