import { useQueryCache } from '@pinia/colada';
import { computed, type ComputedRef } from 'vue';
import type { Note, NoteBody, NotePatch, NotesReply } from '../../shared/desk.ts';
import { send } from '../api.ts';
import { useCentre } from '../stores/centre.ts';
import { useReply } from './useReply.ts';

const PATH = '/notes';

/** The notes of a unit and all under it: one question a page, however many charts it has. */
export function useNotes(unit: () => string): {
  notes: ComputedRef<readonly Note[]>;
  /** They are of this unit, or cannot be had: nothing is to be waited for. */
  settled: ComputedRef<boolean>;
} {
  const { reply, stale, error } = useReply<NotesReply>(PATH, () => ({ unit: unit() }));
  return {
    notes: computed(() => reply.value?.notes ?? []),
    settled: computed(() => (reply.value !== undefined && !stale.value) || error.value !== null),
  };
}

/** Writing notes: the office and the leadership do, others read. What fails is thrown. */
export function useNoting(): {
  mayWrite: ComputedRef<boolean>;
  write: (body: NoteBody) => Promise<Note>;
  change: (id: number, patch: NotePatch) => Promise<Note>;
} {
  const store = useCentre();
  const cache = useQueryCache();
  const after = async (note: Note): Promise<Note> => {
    await cache.invalidateQueries({ key: ['answers', PATH] }).catch(() => undefined);
    return note;
  };
  return {
    mayWrite: computed(() => ['admin', 'leader'].includes(store.centre.role)),
    write: async (body) => after(await send<Note>('POST', PATH, body)),
    change: async (id, patch) => after(await send<Note>('PATCH', `${PATH}/${id}`, patch)),
  };
}
