using Eigenflow.Dynamics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Moments of SGD on a quadratic model, closed by a lognormal law of every slope (derived, terms to O(η²)): m = E w, q = E w² for the positive model; m and q of v₊² and of v₋², and z = E (v₊v₋)², for the signed one;
/// A = E r² is replaced by its mean. It is left once a moment is not finite or a spread q/m² exceeds 10⁶, long before real SGD is unstable. Work about 30 operations per mode and step.
/// </summary>
internal sealed class ClosureRule : StateRule
{
    private const double LargestSpread = 1e6;

    private readonly double[] eigenvalues, target;
    private readonly double factor, batch, noise, tail, start;
    private readonly bool isSigned;
    private readonly int size, weights;
    private double learned;
    private double logarithmOfProduct;

    /// <param name="problem">The problem, of a quadratic model.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="batch">B.</param>
    /// <param name="weights">Number of slopes that are observed.</param>
    public ClosureRule(QuadraticProblem problem, double factor, double batch, int weights)
        : base(Moments(problem))
    {
        (this.factor, this.batch, this.weights) = (factor, batch, weights);
        (eigenvalues, target) = problem.Modes();
        size = target.Length;
        isSigned = problem.Model == QuadraticModel.Signed;
        tail = problem.Tail;
        noise = problem.Noise + tail;
        start = problem.StartSlope;
        for (var i = size - 1; i >= 0; i--)
            learned += eigenvalues[i] * Square(i);
    }

    /// <summary>The step from which on it says nothing, or null.</summary>
    public long? InvalidFrom { get; private set; }

    public override double Bound => double.MaxValue;

    public override void Update(long step, double rate)
    {
        if (InvalidFrom is not null)
            return;
        rate *= factor;
        var isValid = true;
        var (residual, sum) = (learned + noise, 0.0);
        if (isSigned)
        {
            var part = rate * rate * ((eigenvalues[0] * residual / batch) + (eigenvalues[0] * eigenvalues[0] * (1 + (1 / batch)) * Square(0)));
            logarithmOfProduct += part < 1 ? double.LogP1(-part) : double.NaN;
        }

        for (var i = size - 1; i >= 0; i--)
        {
            isValid &= isSigned ? Signed(i, rate, residual) : Positive(i, rate, residual);
            sum += eigenvalues[i] * Square(i);
        }

        learned = sum;
        if (!isValid || !double.IsFinite(sum))
            InvalidFrom = step + 1;
    }

    public override void Observe(Span<double> row)
    {
        row[0] = InvalidFrom is null ? learned + tail : double.NaN;
        var next = 1;
        if (isSigned)
            row[next++] = Math.Exp(logarithmOfProduct);
        for (var i = 0; i < weights; i++)
            row[next + i] = isSigned ? State[i] - State[size + i] : State[i];
    }

    private static double[] Moments(QuadraticProblem problem)
    {
        double first = problem.StartSlope, second = first * first;
        var size = problem.Modes().Target.Length;
        IEnumerable<double> firsts = Enumerable.Repeat(first, size), seconds = Enumerable.Repeat(second, size);
        return problem.Model == QuadraticModel.Signed ? [.. firsts, .. firsts, .. seconds, .. seconds, .. seconds] : [.. firsts, .. seconds];
    }

    // E (w − w*)².
    private double Square(int i)
    {
        var w = target[i];
        return isSigned
            ? State[(2 * size) + i] + State[(3 * size) + i] - (2 * State[(4 * size) + i]) + (w * w) - (2 * w * (State[i] - State[size + i]))
            : State[size + i] - (2 * State[i] * w) + (w * w);
    }

    private bool Positive(int i, double rate, double residual)
    {
        double m = State[i], q = State[size + i], w = target[i], eigenvalue = eigenvalues[i];
        var spread = q / (m * m);
        var third = m * m * m * spread * spread * spread;
        var fourth = third * spread * spread * spread * m;
        double drive = eigenvalue * residual / batch, curvature = eigenvalue * eigenvalue * (1 + (1 / batch));
        var newM = m - (2 * rate * eigenvalue * (q - (w * m))) + (rate * rate * ((drive * m) + (curvature * (third - (2 * w * q) + (w * w * m)))));
        var newQ = q - (4 * rate * eigenvalue * (third - (w * q))) + (6 * rate * rate * ((drive * q) + (curvature * (fourth - (2 * w * third) + (w * w * q)))));
        State[i] = newM;
        State[size + i] = Math.Max(newQ, newM * newM);
        return newM > 0 && State[size + i] <= LargestSpread * newM * newM;
    }

    private bool Signed(int i, double rate, double residual)
    {
        double mp = State[i], mn = State[size + i], qp = State[(2 * size) + i], qn = State[(3 * size) + i], z = State[(4 * size) + i], w = target[i], eigenvalue = eigenvalues[i];
        double spreadP = qp / mp, spreadN = qn / mn;
        double p3 = spreadP * spreadP * spreadP, n3 = spreadN * spreadN * spreadN;
        var square = Square(i);
        double drive = eigenvalue * residual / batch, curvature = eigenvalue * eigenvalue * (1 + (1 / batch)), second = rate * rate;
        var newMp = mp - (2 * rate * eigenvalue * (qp - z - (w * mp))) + (second * ((drive * mp) + (curvature * (p3 + (z * mn) + (w * w * mp) - (2 * z * mp) - (2 * w * qp) + (2 * w * z)))));
        var newMn = mn + (2 * rate * eigenvalue * (z - qn - (w * mn))) + (second * ((drive * mn) + (curvature * (n3 + (z * mp) + (w * w * mn) - (2 * z * mn) + (2 * w * qn) - (2 * w * z)))));
        State[i] = newMp;
        State[size + i] = newMn;
        State[(2 * size) + i] = Math.Max(newMp * newMp, qp - (4 * rate * eigenvalue * (p3 - (z * mp) - (w * qp))) + (6 * second * drive * qp));
        State[(3 * size) + i] = Math.Max(newMn * newMn, qn + (4 * rate * eigenvalue * ((z * mn) - n3 - (w * qn))) + (6 * second * drive * qn));
        State[(4 * size) + i] = z * (1 - (2 * second * (drive + (curvature * square))));
        return newMp > 0 && newMn > 0 && State[(2 * size) + i] <= LargestSpread * newMp * newMp && State[(3 * size) + i] <= LargestSpread * newMn * newMn;
    }
}
