import { followsLink } from '@thingwire/ui'
import { historyStep } from './history-steps.ts'

/** What is lost: a form of the page goes with the page, one in a dialog with every step back or forth. */
export type Kept = { within: 'page' | 'step'; pathname: string }

/** Edits that are not saved, by who holds them. */
export type Keepers = Map<symbol, Kept>

/** Which of them a way leads away from. */
export const lostOn = (keepers: Keepers, pathname: string, isStep: boolean): symbol[] =>
  [...keepers].flatMap(([id, kept]) => (kept.pathname !== pathname || (isStep && kept.within === 'step') ? [id] : []))

type Ways = {
  keepers: Keepers
  /** Somebody wants to leave: `go` does it, and `lost` are the edits that go with it. */
  onLeave: (leave: { lost: symbol[]; go: () => void }) => void
  follow: (url: URL) => void
}

/**
 * Stands in the way out of a page: links, the browser's Back and Forward, closing the tab. Returns the way to stop.
 * A history step cannot be prevented, so it is taken back before the router hears of it, and repeated after the answer.
 */
export const watchLeaving = ({ keepers, onLeave, follow }: Ways): (() => void) => {
  const stop = new AbortController()
  const { signal } = stop
  let step = -1
  let isTakingBack = false

  // Told of every step before `popstate` is; without it the way back is taken for one step.
  window.navigation?.addEventListener(
    'currententrychange',
    ({ from }) => {
      step = (window.navigation.currentEntry?.index ?? 0) - from.index || -1
    },
    { signal },
  )
  document.addEventListener(
    historyStep,
    (event) => {
      if (isTakingBack) {
        isTakingBack = false
        event.preventDefault()
        return
      }
      const lost = lostOn(keepers, location.pathname, true)
      if (lost.length === 0) return
      event.preventDefault()
      const delta = step
      isTakingBack = true
      history.go(-delta)
      onLeave({ lost, go: () => history.go(delta) })
    },
    { signal },
  )
  document.addEventListener(
    'click',
    (event) => {
      const target = event.target instanceof Element ? event.target : null
      const link = followsLink(event, target) ? target?.closest<HTMLAnchorElement>('a[href]') : null
      if (!link) return
      const url = new URL(link.href, location.href)
      const isHere = url.origin === location.origin
      const lost = lostOn(keepers, isHere ? url.pathname : '', false)
      if (lost.length === 0) return
      // Caught before the router sees it.
      event.preventDefault()
      event.stopPropagation()
      onLeave({ lost, go: () => (isHere ? follow(url) : location.assign(url)) })
    },
    { signal, capture: true },
  )
  window.addEventListener(
    'beforeunload',
    (event) => {
      if (keepers.size > 0) event.preventDefault()
    },
    { signal },
  )
  return () => stop.abort()
}
