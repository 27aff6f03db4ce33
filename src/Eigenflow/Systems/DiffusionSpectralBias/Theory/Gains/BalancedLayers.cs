namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// L ≥ 3 balanced layers: dw/dT = L w^(2−2/L) (K − R w) (derived). With w = y^L and x = y/(|K|/R)^(1/L) it has no parameter but L, dx/ds = ± x^(L−1) (1 ∓ x^L) with s = |K| (|K|/R)^((L−2)/L) T, and its time
/// s = ∫ dx/(x^(L−1) |1 ∓ x^L|) is elementary: a power and logarithms at the roots of ± 1. The gain is its inverse, by Newton's method within a bracket.
/// </summary>
internal sealed record BalancedLayers : GainLaw
{
    // p = ln x − ln|1 − x| from here on cannot be told from x = 1.
    private const double Limit = 40;
    private const int MostSteps = 200;
    private const int SeriesTerms = 60;
    private const double Negligible = 1e-17;
    private readonly double[] cosines, sines, doubleCosines, doubleSines;
    private readonly double[] minusCosines, minusSines, minusDoubleCosines, minusDoubleSines;
    private readonly double farPlus, farMinus;

    /// <param name="initial">Gain at time zero, &gt; 0.</param>
    /// <param name="layers">L.</param>
    public BalancedLayers(double initial, int layers)
        : base(initial)
    {
        Layers = layers;
        double[] plus = [.. Enumerable.Range(1, layers - 1).Select(j => 2 * Math.PI * j / layers)];
        double[] minus = [.. Enumerable.Range(0, layers).Select(j => Math.PI * ((2 * j) + 1) / layers)];
        (cosines, sines, doubleCosines, doubleSines) = ([.. plus.Select(Math.Cos)], [.. plus.Select(Math.Sin)], [.. plus.Select(at => Math.Cos(2 * at))], [.. plus.Select(at => Math.Sin(2 * at))]);
        (minusCosines, minusSines, minusDoubleCosines, minusDoubleSines) = ([.. minus.Select(Math.Cos)], [.. minus.Select(Math.Sin)], [.. minus.Select(at => Math.Cos(2 * at))], [.. minus.Select(at => Math.Sin(2 * at))]);

        // The primitive from zero and the one from infinity differ by a constant.
        var matching = Math.Pow(2, 1.0 / layers);
        farPlus = Far(matching, 1) - Near(matching, matching - 1, isPlus: true);
        farMinus = Far(matching, -1) + Near(matching, 1, isPlus: false);
    }

    /// <summary>L.</summary>
    public int Layers { get; }

    public override double Delay => 1 + Math.Pow(Initial, (2.0 / Layers) - 1);

    public override bool IsClosed => false;

    public override double At(double drive, double rate, double time)
    {
        if (time == 0 || Initial == 0 || (drive == 0 && rate == 0))
            return Initial;
        var y = Math.Pow(Initial, 1.0 / Layers);
        if (drive == 0)
            return Math.Pow(Math.Pow(y, 2 - (2 * Layers)) + (((2 * Layers) - 2) * rate * time), -Layers / ((2.0 * Layers) - 2));
        if (rate == 0)
            return Math.Pow(Math.Pow(y, 2 - Layers) - ((Layers - 2) * drive * time), -Layers / (Layers - 2.0));
        var scale = Math.Pow(Math.Abs(drive) / rate, 1.0 / Layers);
        double start = y / scale, passed = Math.Abs(drive) * Power(scale, Layers - 2) * time;
        var x = drive < 0 ? Falling(start, passed) : start < 1 ? Rising(start, passed) : start > 1 ? Sinking(start, passed) : 1;
        return Power(scale * x, Layers);
    }

    // From x < 1 up to one: p = ln x/(1 − x).
    private double Rising(double start, double passed)
    {
        var target = Near(start, 1 - start, isPlus: true) + passed;
        double low = Math.Log(start / (1 - start)), high = Math.Max(low, Limit);
        if (!(target < Near(Sigmoid(high), Sigmoid(-high), isPlus: true)))
            return 1;
        var guess = target < 0 ? Math.Pow((Layers - 2) * -target, -1.0 / (Layers - 2)) : 1;
        var p = Math.Clamp(guess < 1 ? Math.Log(guess / (1 - guess)) : Layers * target, low, high);
        for (var k = 0; k < MostSteps; k++)
        {
            double x = Sigmoid(p), rest = Sigmoid(-p), excess = Near(x, rest, isPlus: true) - target;
            (low, high) = excess > 0 ? (low, p) : (p, high);

            // dH/dp = x (1 − x)/(x^(L−1) (1 − x^L)).
            var next = p - (excess * Power(x, Layers - 2) * Geometric(x));
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - p) <= 1e-15 * Math.Max(1, Math.Abs(p)))
                return Sigmoid(next);
            p = next;
        }

        return Sigmoid(p);
    }

    // From x > 1 down to one: x = 1 + e^p.
    private double Sinking(double start, double passed)
    {
        double target = FarPlus(start, start - 1) + passed, high = Math.Log(start - 1), low = -Limit;
        if (high <= low || !(target < FarPlus(1 + Math.Exp(low), Math.Exp(low))))
            return 1;
        var guess = Math.Pow(((2 * Layers) - 2) * target, -1 / ((2.0 * Layers) - 2)) - 1;
        var p = Math.Clamp(guess > 0 ? Math.Log(guess) : -Layers * target, low, high);
        for (var k = 0; k < MostSteps; k++)
        {
            double rest = Math.Exp(p), x = 1 + rest, excess = FarPlus(x, rest) - target;
            (low, high) = excess > 0 ? (p, high) : (low, p);

            // dH/dp = −(x − 1)/(x^(L−1) (x^L − 1)).
            var next = p + (excess * Power(x, Layers - 1) * Geometric(x));
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - p) <= 1e-15 * Math.Max(1, Math.Abs(p)))
                return 1 + Math.Exp(next);
            p = next;
        }

        return 1 + Math.Exp(p);
    }

    // Down to zero where the optimum is negative: x = e^p.
    private double Falling(double start, double passed)
    {
        var target = FarMinus(start) + passed;
        var slack = Math.PI / (Layers * Math.Sin(2 * Math.PI / Layers));
        double high = Math.Log(start), low = Math.Min(high, -Math.Log((Layers - 2) * (target + slack)) / (Layers - 2)) - 1e-9;
        var p = Math.Clamp(-Math.Log((Layers - 2) * target) / (Layers - 2), low, high);
        for (var k = 0; k < MostSteps; k++)
        {
            double x = Math.Exp(p), excess = FarMinus(x) - target;
            (low, high) = excess > 0 ? (p, high) : (low, p);
            var next = p + (excess * Power(x, Layers - 2) * (1 + Power(x, Layers)));
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            if (Math.Abs(next - p) <= 1e-15 * Math.Max(1, Math.Abs(p)))
                return Math.Exp(next);
            p = next;
        }

        return Math.Exp(p);
    }

    private static double Power(double x, int exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result *= x;
            x *= x;
        }

        return result;
    }

    private static double Sigmoid(double p) => p >= 0 ? 1 / (1 + Math.Exp(-p)) : Math.Exp(p) / (1 + Math.Exp(p));

    // (1 − x^L)/(1 − x) without a cancellation at one.
    private double Geometric(double x)
    {
        var sum = 1.0;
        for (var k = 1; k < Layers; k++)
            sum = 1 + (x * sum);
        return sum;
    }

    private double FarPlus(double x, double rest) => Power(x, Layers) > 2 ? Far(x, 1) : Near(x, rest, isPlus: true) + farPlus;

    private double FarMinus(double x) => Power(x, Layers) > 2 ? Far(x, -1) : farMinus - Near(x, 1, isPlus: false);

    // ∫_x^∞ dx/(x^(L−1) (x^L ∓ 1)) by its series, for x^L > 2.
    private double Far(double x, double sign)
    {
        double power = 1 / Power(x, Layers), sum = 0, term = power / Power(x, Layers - 2);
        for (var n = 1; n <= SeriesTerms; n++)
        {
            var part = term / (((n + 1) * Layers) - 2);
            sum += part;
            if (Math.Abs(part) < Negligible * sum)
                break;
            term *= sign * power;
        }

        return sum;
    }

    // A primitive of 1/(x^(L−1) (1 ∓ x^L)): x^(2−L)/(2−L) ± ∫_0^x x/(1 ∓ x^L). For minus signs the caller wants what falls towards zero.
    private double Near(double x, double rest, bool isPlus)
    {
        double sign = isPlus ? 1 : -1, power = Power(x, Layers), leading = 1 / ((2 - Layers) * Power(x, Layers - 2));
        if (power < 0.5)
        {
            double sum = 0, term = x * x;
            for (var n = 0; n < SeriesTerms; n++)
            {
                var part = term / ((n * Layers) + 2);
                sum += part;
                if (Math.Abs(part) < Negligible * sum)
                    break;
                term *= sign * power;
            }

            return leading + (sign * sum);
        }

        var logs = isPlus ? Math.Log(Math.Abs(rest)) : 0;
        var (c, s, c2, s2) = isPlus ? (cosines, sines, doubleCosines, doubleSines) : (minusCosines, minusSines, minusDoubleCosines, minusDoubleSines);
        for (var j = 0; j < c.Length; j++)
        {
            // |1 − x e^(−iθ)|² without the cancellation at θ = 0.
            var square = ((1 - x) * (1 - x)) + (2 * x * (1 - c[j]));
            logs += (0.5 * c2[j] * Math.Log(square)) - (s2[j] * Math.Atan2(x * s[j], 1 - (x * c[j])));
        }

        return leading - (sign * logs / Layers);
    }
}
