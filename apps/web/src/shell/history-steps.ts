/** Said of every step through the history; a listener that prevents it keeps the step from the router. */
export const historyStep = 'thingwire:history-step'

/**
 * Listeners of the window hear `popstate` in the order in which they came, whatever phase they ask for. So this one must
 * come before the router's, and hands the step on to those that come later.
 */
export const announceSteps = () =>
  window.addEventListener('popstate', (event) => {
    if (!document.dispatchEvent(new Event(historyStep, { cancelable: true }))) event.stopImmediatePropagation()
  })
