namespace Eigenflow.Numerics;

/// <summary>Minima of functions of one variable.</summary>
public static class ScalarMinimum
{
    private const int Refinements = 200;

    /// <summary>The smallest value of a function on an interval: the best of an even grid, then Brent's method (parabolas with golden sections) between its neighbours.</summary>
    /// <param name="function">The function; +∞ where it does not exist.</param>
    /// <param name="from">Left end.</param>
    /// <param name="to">Right end, &gt; from.</param>
    /// <param name="gridPoints">Points of the grid, ≥ 3: enough that one dip falls between two of them.</param>
    /// <param name="tolerance">Absolute tolerance of the place.</param>
    /// <returns>Place and value. Work gridPoints + about 30 evaluations.</returns>
    public static (double Place, double Value) Find(Func<double, double> function, double from, double to, int gridPoints = 60, double tolerance = 1e-9)
    {
        var best = 0;
        var bestValue = double.PositiveInfinity;
        for (var k = 0; k < gridPoints; k++)
        {
            var value = function(At(k));
            if (value < bestValue)
                (best, bestValue) = (k, value);
        }

        var (place, refined) = Brent(function, At(Math.Max(0, best - 1)), At(best), At(Math.Min(gridPoints - 1, best + 1)), tolerance);
        return refined < bestValue ? (place, refined) : (At(best), bestValue);

        double At(int k) => from + ((to - from) * k / (gridPoints - 1));
    }

    /// <summary>The same on an interval that is a first guess: while the smallest value is at an end, the search goes on beyond it, up to the limits.</summary>
    /// <param name="function">The function; +∞ where it does not exist.</param>
    /// <param name="from">Left end of the guess.</param>
    /// <param name="to">Right end of the guess, &gt; from.</param>
    /// <param name="least">Left limit, ≤ from.</param>
    /// <param name="most">Right limit, ≥ to.</param>
    /// <param name="gridPoints">Points of the grid on an interval of that width, ≥ 10.</param>
    /// <param name="tolerance">Absolute tolerance of the place.</param>
    /// <returns>Place and value; a limit where the function falls up to it.</returns>
    public static (double Place, double Value) FindBeyond(Func<double, double> function, double from, double to, double least, double most, int gridPoints = 60, double tolerance = 1e-9)
    {
        // Intervals share more than the two steps in which an end is looked at, so that a minimum at the seam is inside of the next one.
        const int shared = 4;
        var (width, step, direction) = (to - from, (to - from) / (gridPoints - 1), 0);
        while (true)
        {
            var found = Find(function, from, to, gridPoints, tolerance);
            if (direction <= 0 && found.Place < from + step && from > least)
                (from, to, direction) = (Math.Max(least, from - width), from + (shared * step), -1);
            else if (direction >= 0 && found.Place > to - step && to < most)
                (from, to, direction) = (to - (shared * step), Math.Min(most, to + width), 1);
            else
                return found;
        }
    }

    // Brent 1973, chapter 5.
    private static (double Place, double Value) Brent(Func<double, double> function, double low, double start, double high, double tolerance)
    {
        var golden = (3 - Math.Sqrt(5)) / 2;
        double x = start, second = start, third = start;
        double fx = function(x), fSecond = fx, fThird = fx;
        double move = 0, before = 0;
        for (var k = 0; k < Refinements; k++)
        {
            var middle = (low + high) / 2;
            var slack = (1e-10 * Math.Abs(x)) + tolerance;
            if (Math.Abs(x - middle) <= (2 * slack) - ((high - low) / 2))
                break;
            var isGolden = true;
            if (Math.Abs(before) > slack)
            {
                var r = (x - second) * (fx - fThird);
                var q = (x - third) * (fx - fSecond);
                var p = ((x - third) * q) - ((x - second) * r);
                q = 2 * (q - r);
                p = q > 0 ? -p : p;
                q = Math.Abs(q);
                if (Math.Abs(p) < Math.Abs(q * before / 2) && p > q * (low - x) && p < q * (high - x))
                {
                    (before, move) = (move, p / q);
                    var at = x + move;
                    if (at - low < 2 * slack || high - at < 2 * slack)
                        move = x < middle ? slack : -slack;
                    isGolden = false;
                }
            }

            if (isGolden)
            {
                before = x < middle ? high - x : low - x;
                move = golden * before;
            }

            var trial = x + (Math.Abs(move) >= slack ? move : move > 0 ? slack : -slack);
            var value = function(trial);
            if (value <= fx)
            {
                if (trial < x)
                    high = x;
                else
                    low = x;
                (third, fThird, second, fSecond, x, fx) = (second, fSecond, x, fx, trial, value);
                continue;
            }

            if (trial < x)
                low = trial;
            else
                high = trial;
            if (value <= fSecond || second == x)
                (third, fThird, second, fSecond) = (second, fSecond, trial, value);
            else if (value <= fThird || third == x || third == second)
                (third, fThird) = (trial, value);
        }

        return (x, fx);
    }
}
