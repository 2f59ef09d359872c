/** Keyboard shortcuts that keep out of the way of typing: never in a field, never while Telex or VNI composes a word. */
import { useEffect, useRef } from 'react'

type Keys = Record<string, (event: KeyboardEvent) => void>

const fields = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]'

/** `mod+k` also works inside a field; single letters do not. */
export function useKeys(keys: Keys, enabled = true) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey) return
      const mod = event.ctrlKey || event.metaKey
      const name = mod ? `mod+${event.key.toLowerCase()}` : event.key.length === 1 ? event.key.toLowerCase() : event.key
      const typing = event.target instanceof Element && event.target.closest(fields)
      if (typing && !mod && name !== 'Escape') return
      const act = latest.current[name]
      if (!act) return
      act(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [enabled])
}
