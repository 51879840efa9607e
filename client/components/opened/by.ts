import { injectDropdownMenuRootContext, injectPopoverRootContext } from 'reka-ui';
import { defineComponent, type PropType, type Ref } from 'vue';
import type { OpenedBy } from '../../composables/useOpener.ts';

type Root = { readonly triggerElement: Ref<HTMLElement | undefined>; triggerId: string; contentId: string };

/** Tells reka-ui, whose own triggers are part of what they open, which button of the page is the trigger. To stand in a root. */
const openedBy = (rootOf: () => Root) =>
  defineComponent({
    props: { by: { type: Object as PropType<OpenedBy>, required: true } },
    setup({ by }) {
      const root = rootOf();
      root.triggerElement.value = by.button;
      root.triggerId = by.buttonId;
      root.contentId = by.panelId;
      return () => null;
    },
  });

export const MenuBy = openedBy(() => injectDropdownMenuRootContext());
export const PopoverBy = openedBy(() => injectPopoverRootContext());
