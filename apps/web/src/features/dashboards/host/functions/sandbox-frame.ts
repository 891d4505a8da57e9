import type { OpenSandbox } from './function-runner.ts'

const hiddenFrame = (src: string): HTMLIFrameElement => {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.title = ''
  // Not `display: none`, which some browsers slow down to one tick a second.
  frame.style.cssText = 'position:fixed;width:1px;height:1px;left:-10px;top:-10px;border:0;visibility:hidden'
  frame.src = src
  return frame
}

/** Opens the sandbox's document, which has an origin of its own, and talks with it through one port. */
export const openSandboxFrame: OpenSandbox = (receive) => {
  const frame = hiddenFrame('/sandbox/functions')
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => receive(data)
  // Its origin is opaque, so no target can be named; the port goes to this frame's window alone.
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(null, '*', [port2]), { once: true })
  document.body.append(frame)
  return {
    post: (request) => port1.postMessage(request),
    close: () => {
      port1.close()
      frame.remove()
    },
  }
}
