/** Whether a member card is genuine, for anybody, without an account. The card's text comes by paste or behind the # of the
 *  address, which browsers never send; it is checked here, and goes to the server only when a person asks for that. */
import { Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { LanguageSwitch } from '#modules/access/screens/LanguageSwitch.tsx'
import { useRead } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { useWords } from '#ui/words.tsx'
import { cardKey } from '../papers/contract.ts'
import { CardVerdict } from './CardVerdict.tsx'

const textInAddress = () => window.location.hash.slice(1)

export function CheckCardPage() {
  const { say } = useWords()
  const key = useRead(cardKey, {})
  const [text, setText] = useState(textInAddress)
  useEffect(() => {
    document.title = `${say.cards.title} · Kết Đoàn`
  }, [say])
  useEffect(() => {
    const follow = () => setText(textInAddress())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <h1>{say.cards.title}</h1>
          <LanguageSwitch />
        </div>
        <p className="muted">{say.cards.lead}</p>
        <Textarea
          label={say.cards.code}
          description={say.cards.codeHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={8}
          mt={16}
          mb={16}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
        />
        <Loaded read={key} lines={2}>
          {({ publicKey }) =>
            text.trim() === '' ? null : <CardVerdict key={text} text={text} publicKey={publicKey} />
          }
        </Loaded>
      </div>
    </main>
  )
}
