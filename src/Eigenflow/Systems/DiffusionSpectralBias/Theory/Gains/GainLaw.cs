using Eigenflow.Numerics.Special;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>How the gain of one mode at one noise level relaxes under gradient flow, as a function of the drive K, the rate R and the time T = 2ητ (times the number of sites of a convolution). Its optimum is K/R.</summary>
/// <param name="Initial">Gain at time zero.</param>
internal abstract record GainLaw(double Initial)
{
    /// <summary>Time scale of a mode relative to 1/K: what a small start adds.</summary>
    public virtual double Delay => 1;

    /// <summary>Whether the gain is so cheap that it may be asked for at thousands of levels.</summary>
    public virtual bool IsClosed => true;

    /// <summary>The law of an architecture.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="gain">Gain at time zero.</param>
    /// <param name="unbalance">c = a_1² − a_l², by which the squared gain of the first layer exceeds those of the others.</param>
    public static GainLaw Of(Architecture architecture, double gain, double unbalance) => architecture switch
    {
        { IsTied: true } => new LogisticGain(gain, 4),
        { Layers: 1 } => new LinearGain(gain),
        { Layers: 2 } when unbalance > 0 => new UnbalancedPair(gain, unbalance),
        { Layers: 2 } => new LogisticGain(gain, 2),
        _ when unbalance > 0 => new UnbalancedLayers(gain, architecture.Layers, unbalance),
        _ => new BalancedLayers(gain, architecture.Layers),
    };

    /// <summary>The gain.</summary>
    /// <param name="drive">K.</param>
    /// <param name="rate">R ≥ 0.</param>
    /// <param name="time">T ≥ 0.</param>
    public abstract double At(double drive, double rate, double time);
}

/// <summary>One layer: dw/dT = K − R w.</summary>
internal sealed record LinearGain(double Initial) : GainLaw(Initial)
{
    public override double At(double drive, double rate, double time)
    {
        if (rate == 0)
            return Initial + (drive * time);
        var optimum = drive / rate;
        return optimum + ((Initial - optimum) * Math.Exp(-rate * time));
    }
}

/// <summary>Two layers: dw/dT = m w (K − R w), a logistic curve; m = 4 where the layers are tied, which collects every gradient twice, and 2 where they are not.</summary>
internal sealed record LogisticGain(double Initial, double Multiple) : GainLaw(Initial)
{
    public override double Delay => 1 + Math.Abs(Math.Log(Math.Max(Initial, 1e-300)));

    public override double At(double drive, double rate, double time)
    {
        var exponent = Multiple * drive * time;
        if (drive == 0)
            return Initial / (1 + (Multiple * rate * Initial * time));
        var rest = drive > 0 ? -Exponential.MinusOne(-exponent) : Exponential.MinusOne(exponent);

        // Divided by the exponential that does not overflow.
        return drive > 0
            ? drive * Initial / ((drive * Math.Exp(-exponent)) + (rate * Initial * rest))
            : -drive * Initial * Math.Exp(exponent) / (-drive - (rate * Initial * rest));
    }
}

/// <summary>Two layers with a_1² − a_2² = c: dw/dT = √(c² + 4w²) (K − R w). With w = (c/2) sinh θ and u = e^θ it is a Riccati equation with constant coefficients, solved in closed form.</summary>
internal sealed record UnbalancedPair(double Initial, double Unbalance) : GainLaw(Initial)
{
    public override double At(double drive, double rate, double time)
    {
        if (rate == 0)
            return 0.5 * Unbalance * Math.Sinh(Math.Asinh(2 * Initial / Unbalance) + (2 * drive * time));
        var slope = 2 * drive / (rate * Unbalance);
        var cosh = Math.Sqrt(1 + (slope * slope));
        double high = Math.Exp(Math.Asinh(slope)), low = -1 / high, start = Math.Exp(Math.Asinh(2 * Initial / Unbalance));
        var part = (start - high) / (start - low) * Math.Exp(-rate * Unbalance * cosh * time);
        var u = (high - (low * part)) / (1 - part);
        return 0.5 * Unbalance * Math.Sinh(Math.Log(u));
    }
}

/// <summary>L ≥ 3 layers with a_1² − a_l² = c: with the gain b of the others dw = √(b² + c) b^(L−1), db/dT = √(b² + c) b^(L−2) (K − R w), integrated by fifth-order steps.</summary>
internal sealed record UnbalancedLayers(double Initial, int Layers, double Unbalance) : GainLaw(Initial)
{
    private const double Tolerance = 1e-10;
    private const int MostSteps = 200_000;

    public override double Delay => 1 + Math.Pow(StartOf(Initial, Layers, Unbalance), 2 - Layers);

    public override bool IsClosed => false;

    /// <summary>The gain b of all layers but the first.</summary>
    public static double StartOf(double gain, int layers, double unbalance)
    {
        // √(b² + c) b^(L−1) = w grows with b: halve between zero and the balanced value.
        double low = 0, high = Math.Pow(gain, 1.0 / layers);
        for (var k = 0; k < 200 && low < high; k++)
        {
            var middle = 0.5 * (low + high);
            if (middle == low || middle == high)
                break;
            if (Math.Sqrt((middle * middle) + unbalance) * Math.Pow(middle, layers - 1) < gain)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    public override double At(double drive, double rate, double time)
    {
        var b = StartOf(Initial, Layers, Unbalance);
        double done = 0, step = Math.Min(time, 0.01 * b / Math.Max(1e-300, Math.Abs(Slope(b, drive, rate))));
        for (var k = 0; k < MostSteps && done < time; k++)
        {
            step = Math.Min(step, time - done);
            var (next, error) = Step(b, step, drive, rate);
            var scaled = Math.Abs(error) / (Tolerance * Math.Max(b, Math.Abs(next)));
            if (scaled <= 1 && next > 0)
            {
                (b, done) = (next, done + step);
                if (Math.Abs(drive - (rate * Gain(b))) <= 1e-13 * Math.Abs(drive))
                    return drive / rate;
            }

            step *= double.IsFinite(scaled) && next > 0 ? Math.Clamp(0.9 * Math.Pow(Math.Max(scaled, 1e-10), -0.2), 0.2, 5) : 0.2;
        }

        return Gain(b);
    }

    private double Gain(double b) => Math.Sqrt((b * b) + Unbalance) * Math.Pow(b, Layers - 1);

    private double Slope(double b, double drive, double rate) => Math.Sqrt((b * b) + Unbalance) * Math.Pow(b, Layers - 2) * (drive - (rate * Gain(b)));

    // Dormand and Prince, one equation.
    private (double Next, double Error) Step(double b, double h, double drive, double rate)
    {
        var k1 = Slope(b, drive, rate);
        var k2 = Slope(b + (h * k1 / 5), drive, rate);
        var k3 = Slope(b + (h * ((3 * k1 / 40) + (9 * k2 / 40))), drive, rate);
        var k4 = Slope(b + (h * ((44 * k1 / 45) - (56 * k2 / 15) + (32 * k3 / 9))), drive, rate);
        var k5 = Slope(b + (h * ((19372 * k1 / 6561) - (25360 * k2 / 2187) + (64448 * k3 / 6561) - (212 * k4 / 729))), drive, rate);
        var k6 = Slope(b + (h * ((9017 * k1 / 3168) - (355 * k2 / 33) + (46732 * k3 / 5247) + (49 * k4 / 176) - (5103 * k5 / 18656))), drive, rate);
        var next = b + (h * ((35 * k1 / 384) + (500 * k3 / 1113) + (125 * k4 / 192) - (2187 * k5 / 6784) + (11 * k6 / 84)));
        var k7 = Slope(next, drive, rate);
        return (next, h * ((71 * k1 / 57600) - (71 * k3 / 16695) + (71 * k4 / 1920) - (17253 * k5 / 339200) + (22 * k6 / 525) - (k7 / 40)));
    }
}
