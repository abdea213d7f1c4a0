/* Which questions are asked of a case, by the rules of its edition: the same as methodology/forms.py, and held to it by
   the worked examples of the editions. It shows and hides; what counts is worked out on the server alone. */
"use strict";

(function () {
  /** Return {code: whether it is asked}. A rule that looks at a question which is itself not asked does not hold there. */
  function asked(questions, rules, values) {
    const found = {};
    const held = {};
    function holds(condition) {
      if ("question" in condition) {
        return found[condition.question] && condition.is.includes(values[condition.question]);
      }
      if ("not" in condition) return !holds(condition.not);
      if ("all" in condition) return condition.all.map(holds).every(Boolean);
      return condition.any.map(holds).some(Boolean);
    }
    for (const question of questions) {
      found[question.code] = true;
      for (const rule of question.asked_when) {
        // A rule looks only at questions before the first that names it, so that it is worked out once, there.
        if (!(rule in held)) held[rule] = holds(rules[rule]);
        found[question.code] = found[question.code] && held[rule];
      }
    }
    return found;
  }

  window.CaseRouting = { asked };
})();
