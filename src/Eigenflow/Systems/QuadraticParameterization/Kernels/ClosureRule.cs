using Eigenflow.Dynamics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Moments of SGD on a quadratic model, closed by a lognormal law of every slope (derived, terms to O(η²)): m = E w, q = E w² for the positive model; m and q of v₊² and of v₋², and z = E (v₊v₋)², for the signed one;
/// A = E r² is replaced by its mean. The smaller of the two parts of a signed slope is dropped once its moments are 10⁻³⁰ of those of the other, which no sum of both sees. It is left once a moment is not finite or a spread q/m² exceeds 10⁶, long before real SGD is unstable. Work about 30 operations per mode and step.
/// </summary>
internal sealed class ClosureRule : StateRule
{
    private const double LargestSpread = 1e6;
    private const double Negligible = 1e-30;

    private readonly double[] eigenvalues, target;
    private readonly double factor, batch, noise, tail, start;
    private readonly bool isSigned, isOfSheet;
    private readonly int size, weights;
    private double learned;
    private double logarithmOfProduct;

    /// <param name="problem">The problem, of a quadratic model.</param>
    /// <param name="factor">Gradient factor g.</param>
    /// <param name="batch">B.</param>
    /// <param name="weights">Number of slopes that are observed.</param>
    /// <param name="isOfSheet">Whether the signed closure leaves out the term 6η²·2λ² E (w − w*)² v⁴ of the second moments, as the equations that the reference values were made with do.</param>
    public ClosureRule(QuadraticProblem problem, double factor, double batch, int weights, bool isOfSheet = false)
        : base(Moments(problem))
    {
        (this.factor, this.batch, this.weights, this.isOfSheet) = (factor, batch, weights, isOfSheet);
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
        var (p3, p4) = Higher(mp, qp);
        var (n3, n4) = Higher(mn, qn);
        var square = Square(i);
        double drive = eigenvalue * residual / batch, curvature = eigenvalue * eigenvalue * (1 + (1 / batch)), second = rate * rate;
        var newMp = mp - (2 * rate * eigenvalue * (qp - z - (w * mp))) + (second * ((drive * mp) + (curvature * (p3 + (z * mn) + (w * w * mp) - (2 * z * mp) - (2 * w * qp) + (2 * w * z)))));
        var newMn = mn + (2 * rate * eigenvalue * (z - qn - (w * mn))) + (second * ((drive * mn) + (curvature * (n3 + (z * mp) + (w * w * mn) - (2 * z * mn) + (2 * w * qn) - (2 * w * z)))));

        // E (w − w*)² v⁴ of each part, with v₊²v₋² at its mean.
        var spreadP = isOfSheet ? 0 : curvature * (p4 + (z * z) + (w * w * qp) - (2 * z * qp) - (2 * w * p3) + (2 * w * z * mp));
        var spreadN = isOfSheet ? 0 : curvature * (n4 + (z * z) + (w * w * qn) - (2 * z * qn) + (2 * w * n3) - (2 * w * z * mn));
        var newQp = Math.Max(newMp * newMp, qp - (4 * rate * eigenvalue * (p3 - (z * mp) - (w * qp))) + (6 * second * ((drive * qp) + spreadP)));
        var newQn = Math.Max(newMn * newMn, qn + (4 * rate * eigenvalue * ((z * mn) - n3 - (w * qn))) + (6 * second * ((drive * qn) + spreadN)));
        z *= 1 - (2 * second * (drive + (curvature * square)));
        var isValid = IsValid(newMp, newQp, mp == 0) && IsValid(newMn, newQn, mn == 0);
        if (isValid && IsNegligible(newMn, newQn, newMp, newQp))
            newMn = newQn = z = 0;
        else if (isValid && IsNegligible(newMp, newQp, newMn, newQn))
            newMp = newQp = z = 0;
        State[i] = newMp;
        State[size + i] = newMn;
        State[(2 * size) + i] = newQp;
        State[(3 * size) + i] = newQn;
        State[(4 * size) + i] = z;
        return isValid;
    }

    // Third and fourth moments of a lognormal law; all are zero of a part that was dropped.
    private static (double Third, double Fourth) Higher(double first, double second)
    {
        if (first == 0)
            return (0, 0);
        var spread = second / first;
        var third = spread * spread * spread;
        var root = third / first;
        return (third, root * root);
    }

    private static bool IsValid(double first, double second, bool isDropped) => isDropped ? first == 0 && second == 0 : first > 0 && second <= LargestSpread * first * first;

    private static bool IsNegligible(double first, double second, double otherFirst, double otherSecond) => first < Negligible * otherFirst && second < Negligible * otherSecond;
}
