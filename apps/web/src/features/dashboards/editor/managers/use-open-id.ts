import { useWindowWidth } from '../../board/use-window-width.ts'

/** Below this the list takes the whole dialog, px. */
const listAloneBelow = 640

/** Which of a list is open: the one that was chosen, else, where there is room beside the list, `usual` or the first. */
export const useOpenId = (id: string | null, all: readonly { id: string }[], usual?: string): string | null => {
  const isBeside = useWindowWidth() >= listAloneBelow
  const has = (wanted: string | null | undefined) => all.some((one) => one.id === wanted)
  if (has(id)) return id
  if (!isBeside) return null
  return usual !== undefined && has(usual) ? usual : (all[0]?.id ?? null)
}
