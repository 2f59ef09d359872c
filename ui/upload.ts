/** Sends a file and says how far it is, which fetch cannot tell. One key for each file: sent again after a lost connection, it is
 *  not taken twice. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Call, Endpoint, Reply } from '#kernel/endpoint.ts'
import { freshKey } from './api.ts'
import { addressOf } from './paths.ts'
import { Refusal, refusalFrom, refusalOf } from './refusal.ts'
import { currentLanguage } from './words.tsx'

/** After so long without a byte sent the line is called slow. */
const slowMs = 8000

type Send = { key: string; silence: string; signal: AbortSignal; onSent: (share: number) => void }

function sendFile<E extends Endpoint>(endpoint: E, input: Call<E>, file: File, send: Send): Promise<Reply<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint, input))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', currentLanguage())
    request.setRequestHeader('idempotency-key', send.key)
    request.upload.addEventListener('progress', ({ loaded, total }) => send.onSent(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Reply<E>)
      else
        void refusalOf(new Response(request.responseText, { status: request.status }), send.silence).then(
          reject,
          reject,
        )
    })
    request.addEventListener('error', () => reject(new Refusal(0, 'no-answer', send.silence)))
    request.addEventListener('abort', () => reject(new Refusal(0, 'stopped', '')))
    send.signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

type Sending = { file: File; share: number; isSlow: boolean }

/** Uploads one file at a time. `run` throws nothing: it answers null when refused or stopped. */
export function useUpload<E extends Endpoint & { uploadBytesMax: number }>(endpoint: E, silence: string) {
  const client = useQueryClient()
  const attempt = useRef<{ file: File; asked: string; key: string } | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const [sending, setSending] = useState<Sending | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  // Leaving the page would lose what was sent so far.
  const isSending = sending !== null
  useEffect(() => {
    if (!isSending) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isSending])

  async function run(input: Call<E>, file: File): Promise<Reply<E> | null> {
    const asked = addressOf(endpoint, input)
    if (attempt.current?.file !== file || attempt.current.asked !== asked)
      attempt.current = { file, asked, key: freshKey() }
    stopper.current = new AbortController()
    setRefusal(null)
    setSending({ file, share: 0, isSlow: false })
    let slow = setTimeout(() => {}, 0)
    const watch = () => {
      clearTimeout(slow)
      slow = setTimeout(() => setSending((now) => now && { ...now, isSlow: now.share < 1 }), slowMs)
    }
    watch()
    const onSent = (share: number) => {
      watch()
      setSending({ file, share, isSlow: false })
    }
    try {
      const { key } = attempt.current
      const reply = await sendFile(endpoint, input, file, { key, silence, signal: stopper.current.signal, onSent })
      attempt.current = null
      void client.invalidateQueries()
      return reply
    } catch (error) {
      const reason = refusalFrom(error)
      if (reason.status >= 400 && reason.status < 500) attempt.current = null
      if (reason.problem !== 'stopped') setRefusal(reason)
      return null
    } finally {
      clearTimeout(slow)
      setSending(null)
    }
  }
  return { run, sending, refusal, stop: () => stopper.current?.abort(), reset: () => setRefusal(null) }
}
