# The figures that tests/methodology/test_ratio.py holds the variance against: R 4.2.2, survey 4.1-1, 21 November 2026.
suppressMessages(library(survey))
cases <- data.frame(stratum = c("a", "a", "a", "a", "b", "b", "b", "c", "c"),
                    listed = c(10, 10, 10, 10, 8, 8, 8, 12, 12),
                    y = c(3, 5, 0, 2, 1, 4, 0, 2, 6), x = c(5, 6, 0, 4, 4, 4, 0, 5, 6), one = 1)
known <- svyratio(~y, ~x, svydesign(id = ~1, strata = ~stratum, fpc = ~listed, weights = ~one, data = cases))
unknown <- svyratio(~y, ~x, svydesign(id = ~1, weights = ~one, data = cases))
cat(sprintf("%.12f %.15f\n", c(coef(known), coef(unknown)), c(SE(known), SE(unknown))^2))
