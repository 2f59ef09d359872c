/** Long work under way: how far it is, how fast, what is left. It goes on without us; whoever left finds it again here. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { call } from '#ui/api.ts'
import { refusalFrom } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { showMemberImport } from '../../import/contract.ts'
import { paceOf, seeing, type Seen } from './pace.ts'
import { useSizes } from './sizes.ts'

const [soonMs, laterMs, patienceMs] = [700, 3000, 60_000]

export function Working({ found }: { found: Import }) {
  const { say } = useWords()
  const id = useId()
  const { work, seen, isLost } = useWatch(found)
  const { share, told } = useProgressWords(work, seen)
  const step = work.state === 'committing' || work.state === 'undoing' ? work.state : 'reading'
  return (
    <div className="work">
      <strong id={id}>{say.imports.working[step]}</strong>
      <progress className="bar" aria-labelledby={id} max={1} value={share ?? undefined} />
      <p>{told}</p>
      {isLost && (
        <p className="text-amber" role="status">
          {say.imports.lostTouch}
        </p>
      )}
      <p className="muted">{say.imports.goesOn}</p>
    </div>
  )
}

/** Looks again and again; when the work has ended everything on screen is read anew. */
function useWatch(found: Import) {
  const client = useQueryClient()
  const [work, setWork] = useState(found)
  const [seen, setSeen] = useState<Seen[]>(() => firstSeen(found))
  const [isLost, setLost] = useState(false)
  const { id, state } = found
  useEffect(() => {
    const stop = new AbortController()
    const began = Date.now()
    let timer: ReturnType<typeof setTimeout>
    const next = () => {
      timer = setTimeout(() => void look(), Date.now() - began < patienceMs ? soonMs : laterMs)
    }
    async function look() {
      try {
        const now = await call(showMemberImport, { params: { importId: id } }, { signal: stop.signal })
        setLost(false)
        if (now.state !== state) return void client.invalidateQueries()
        setWork(now)
        const { progress } = now
        if (progress) setSeen((before) => seeing(before, { ...progress, at: Date.now() }))
        next()
      } catch (error) {
        if (stop.signal.aborted) return
        const { status } = refusalFrom(error)
        if (status > 0 && status < 500) return void client.invalidateQueries()
        setLost(true)
        next()
      }
    }
    next()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [client, id, state])
  return { work, seen, isLost }
}

/** The server knows how long the work has run: so its pace is known at the first look. */
function firstSeen({ progress }: Import): Seen[] {
  if (!progress) return []
  const now = Date.now()
  const { done, total, seconds } = progress
  return [
    { done: 0, total, at: now - seconds * 1000 },
    { done, total, at: now },
  ]
}

function useProgressWords({ state, progress }: Import, seen: readonly Seen[]): { share: number | null; told: string } {
  const { say, count, percent } = useWords()
  const { bytes, timeLeft } = useSizes()
  const { share, perSecond, secondsLeft } = paceOf(seen)
  if (!progress || share === null)
    return { share: null, told: state === 'reading' ? say.imports.begins : say.imports.preparing }
  if (share >= 1) return { share: null, told: state === 'reading' ? say.imports.judging : say.imports.finishing }
  const [done, total] = [count(progress.done), count(progress.total)]
  const part = percent(String(Math.floor(share * 100)))
  const [amount, rate, sentence] =
    state === 'reading'
      ? [say.imports.ofBytes(part), say.imports.bytesASecond(bytes(perSecond ?? 0)), say.imports.reading]
      : state === 'committing'
        ? [
            say.imports.rowsOf(done, total),
            say.imports.rowsASecond(count(Math.round(perSecond ?? 0))),
            say.imports.writing,
          ]
        : [
            say.imports.peopleOf(done, total),
            say.imports.peopleASecond(count(Math.round(perSecond ?? 0))),
            say.imports.undoing,
          ]
  const isKnown = perSecond !== null && secondsLeft !== null
  return { share, told: isKnown ? sentence(amount, rate, timeLeft(secondsLeft)) : amount }
}
