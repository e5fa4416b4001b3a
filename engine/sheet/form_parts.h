// What the papers of a congress have in common: head, edges, places to sign. Inner part of minutes.h,
// ballot_proof.h, fallback_forms.h and hand_count.h.
#pragma once

#include <string>
#include <vector>

#include "contest/congress.h"
#include "paper/document.h"

namespace kp {

/// Purpose: the text in the language asked for.
std::string said(const Text& text, Language language);

/// Purpose: a form without a body: title of its window, date, mark of practice, foot.
paper::Document empty_form(const Congress& congress, const std::string& title, Language language);

/// Purpose: marks a paper of a practice congress: across each page, and with `banner` above its heads.
/// In: a document whose later head is set.
void mark_practice(paper::Document& document, const Text& banner, Language language);

/// Purpose: the two upper corners of a paper of the Party: the unit, the Party.
paper::Table form_head(const Congress& congress, Language language);

/// Purpose: a line in the middle of the page.
paper::Paragraph centred(paper::Words words, paper::Points size, paper::Points before);

/// Purpose: the contest's title with its round, as "Bầu cấp uỷ (lần thứ 2)".
std::string title_with_round(const Contest& contest, Language language);

/// Purpose: who signs, side by side, with room for a signature below each of `roles`.
paper::Table signature_line(const std::vector<std::string>& roles, Language language);

}  // namespace kp
