# The figures that tests/methodology/test_ratio.py holds the variance against: R 4.2.2, survey 4.1-1, 21 November 2026.
suppressMessages(library(survey))
cases <- data.frame(stratum = c("a", "a", "a", "a", "b", "b", "b", "c", "c"),
                    listed = c(10, 10, 10, 10, 8, 8, 8, 12, 12),
                    y = c(3, 5, 0, 2, 1, 4, 0, 2, 6), x = c(5, 6, 0, 4, 4, 4, 0, 5, 6), one = 1)
known <- svyratio(~y, ~x, svydesign(id = ~1, strata = ~stratum, fpc = ~listed, weights = ~one, data = cases))
unknown <- svyratio(~y, ~x, svydesign(id = ~1, weights = ~one, data = cases))
cat(sprintf("%.12f %.15f\n", c(coef(known), coef(unknown)), c(SE(known), SE(unknown))^2))
# The limits of the same example, and those of four cases that each count as one judgement, 4 of 20 drawn.
limits <- function(n, share) c(qbeta(0.025, n * share, n - n * share + 1), qbeta(0.975, n * share + 1, n - n * share))
share <- coef(known)
size <- share * (1 - share) / SE(known)^2 * (qnorm(0.975) / qt(0.975, 9 - 3))^2
cat(sprintf("%.12f\n", c(limits(size, share), limits(4 / (1 - 4 / 20), 0.5))))
