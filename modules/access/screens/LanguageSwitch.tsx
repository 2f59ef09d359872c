/** Vietnamese or English, each named in its own language. */
import { useWords } from '#ui/words.tsx'

export function LanguageSwitch() {
  const { language, speak, say } = useWords()
  return (
    <div className="choice" role="group" aria-label={say.frame.language}>
      <button type="button" lang="vi" aria-pressed={language === 'vi'} onClick={() => speak('vi')}>
        {say.frame.vietnamese}
      </button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => speak('en')}>
        {say.frame.english}
      </button>
    </div>
  )
}
