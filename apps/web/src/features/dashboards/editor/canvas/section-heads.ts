/** The head of a section: the tab or row that opens it, or the head of the container that shows it. */
export type SectionHead = { containerId: string; sectionId: string }

/** How long something rests on a closed tab or row until that opens, ms. */
const opensAfterMs = 600

/** @param except ids of containers that are on the way themselves */
const headUnder = (x: number, y: number, except: readonly string[]): HTMLElement | null => {
  for (const element of document.elementsFromPoint(x, y)) {
    const head = element.closest('[data-section]')
    if (!(head instanceof HTMLElement)) continue
    const isCarried = except.some((id) => head.closest(`[data-container="${CSS.escape(id)}"]`) !== null)
    if (!isCarried) return head
  }
  return null
}

/** What folds or shows the section of that head, where it is not open. */
const openerOf = (head: HTMLElement): HTMLElement | null =>
  head.matches('[role=tab][aria-selected=false]')
    ? head
    : (head.querySelector<HTMLElement>('button[aria-expanded=false]') ?? null)

/** Heads of sections while something is dragged over them: the one under the pointer is marked, and opens after a moment. */
export const createHeadHover = () => {
  let marked: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = () => {
    clearTimeout(timer)
    marked?.removeAttribute('data-drop')
    marked = null
  }
  return {
    /** @param from the grid that it comes from, which must not be closed while it is dragged */
    over: (
      { clientX, clientY }: { clientX: number; clientY: number },
      except: readonly string[],
      from: HTMLElement | null,
    ): SectionHead | null => {
      const head = headUnder(clientX, clientY, except)
      const container = head?.closest('[data-container]') ?? null
      const [containerId, sectionId] = [container?.getAttribute('data-container'), head?.getAttribute('data-section')]
      if (!head || !container || !containerId || !sectionId) {
        leave()
        return null
      }
      if (head !== marked) {
        leave()
        marked = head
        head.setAttribute('data-drop', '')
        const closesOrigin = head.matches('[role=tab]') && from !== null && container.contains(from)
        if (!closesOrigin) timer = setTimeout(() => openerOf(head)?.click(), opensAfterMs)
      }
      return { containerId, sectionId }
    },
    leave,
  }
}
