import type { CanvasActions } from './actions.ts'

/**
 * Escape takes back what the mouse is in the midst of: the drag of nodes or of a corner, a wire that is being drawn, the
 * frame that selects. Ends with the function that it gives.
 */
export const startCallingOff = (canvas: CanvasActions, room: HTMLElement): (() => void) => {
  const { box, editor, flow, hand } = canvas
  let pointerId = 0
  let selection = editor.get().selection

  /** Who drags hears that the mouse has let go, far from everything. */
  const letGo = () =>
    document.dispatchEvent(
      new MouseEvent('mouseup', { bubbles: true, view: window, clientX: -10_000, clientY: -10_000 }),
    )
  const callOff = (): boolean => {
    if (!box.current) return false
    const frame = box.current.querySelector('.react-flow__selection')
    if (frame) {
      // It has a way of its own to make no click of the end of a frame.
      frame.parentElement?.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, pointerId, button: 0 }))
      editor.set({ selection })
      return true
    }
    if (box.current.dataset.connecting !== undefined) hand.isCalledOff = true
    else if (!flow.callOff()) return false
    letGo()
    delete box.current.dataset.hand
    // The button is still down: to let go of it is no click.
    window.addEventListener('click', onClick, { capture: true })
    return true
  }

  const onDown = (event: PointerEvent) => {
    window.removeEventListener('click', onClick, { capture: true })
    pointerId = event.pointerId
    selection = editor.get().selection
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !callOff()) return
    canvas.say(canvas.t('said.calledOff'))
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const onClick = (event: Event) => {
    event.stopPropagation()
    window.removeEventListener('click', onClick, { capture: true })
  }
  room.addEventListener('pointerdown', onDown, { capture: true })
  window.addEventListener('keydown', onKey, { capture: true })
  return () => {
    room.removeEventListener('pointerdown', onDown, { capture: true })
    window.removeEventListener('keydown', onKey, { capture: true })
    window.removeEventListener('click', onClick, { capture: true })
  }
}
