using System.Numerics;
using System.Runtime.CompilerServices;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// What is recorded of a state of SGD. While the student escapes, the sums are those over w; near a teacher over the deviation e = w ∓ w*, so that loss, errors and shortfalls keep
/// the relative accuracy that the state has.
/// </summary>
/// <param name="Sign">Sign σ of the teacher that e = w − σw* is taken from, or 0 where the sums are over w itself.</param>
/// <param name="Linear">u, or σ eᵀQw*.</param>
/// <param name="Quadratic">s, or eᵀQe.</param>
/// <param name="Near">‖w − w*‖².</param>
/// <param name="Far">‖w + w*‖².</param>
/// <param name="Overlap">s*.</param>
internal readonly record struct SgdSums(int Sign, double Linear, double Quadratic, double Near, double Far, double Overlap)
{
    /// <summary>s.</summary>
    public double S => Sign == 0 ? Quadratic : Overlap + (2 * Linear) + Quadratic;

    /// <summary>The same over all modes, where the labels have some that the student does not see: its deviation there is the whole teacher.</summary>
    public SgdSums Beside(HiddenTeacher hidden) => hidden == default ? this : this with
    {
        Linear = Sign == 0 ? Linear : Linear - hidden.Overlap,
        Quadratic = Sign == 0 ? Quadratic : Quadratic + hidden.Overlap,
        Near = Near + hidden.NormSquared,
        Far = Far + hidden.NormSquared,
        Overlap = Overlap + hidden.Overlap,
    };

    /// <summary>The sums of a state, in double precision and in the order of the modes.</summary>
    /// <param name="eigenvalues">λ.</param>
    /// <param name="teacher">w*, as the labels see it.</param>
    /// <param name="state">w, or e.</param>
    /// <param name="frame">0 where the state is w, otherwise the sign of the teacher that e is taken from.</param>
    /// <param name="overlap">s*.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SgdSums Of<TTeacher, TState>(ReadOnlySpan<double> eigenvalues, ReadOnlySpan<TTeacher> teacher, ReadOnlySpan<TState> state, int frame, double overlap)
        where TTeacher : IBinaryFloatingPointIeee754<TTeacher>
        where TState : IBinaryFloatingPointIeee754<TState>
    {
        var sign = frame;
        if (frame == 0)
        {
            double s = 0, u = 0;
            for (var i = 0; i < eigenvalues.Length; i++)
            {
                var w = double.CreateChecked(state[i]);
                s += eigenvalues[i] * w * w;
                u += eigenvalues[i] * w * double.CreateChecked(teacher[i]);
            }

            sign = NextFrame(0, u, s, overlap);
            if (sign == 0)
            {
                double minus = 0, plus = 0;
                for (var i = 0; i < eigenvalues.Length; i++)
                {
                    var (w, t) = (double.CreateChecked(state[i]), double.CreateChecked(teacher[i]));
                    minus += (w - t) * (w - t);
                    plus += (w + t) * (w + t);
                }

                return new SgdSums(0, u, s, minus, plus, overlap);
            }
        }

        double linear = 0, quadratic = 0, near = 0, far = 0;
        for (var i = 0; i < eigenvalues.Length; i++)
        {
            var t = sign * double.CreateChecked(teacher[i]);
            var e = double.CreateChecked(state[i]) - (frame == 0 ? t : 0);
            linear += eigenvalues[i] * e * t;
            quadratic += eigenvalues[i] * e * e;
            near += e * e;
            far += (e + (2 * t)) * (e + (2 * t));
        }

        return sign > 0 ? new SgdSums(sign, linear, quadratic, near, far, overlap) : new SgdSums(sign, linear, quadratic, far, near, overlap);
    }

    /// <summary>The frame in which a state is to be carried, by the rule of all methods (<see cref="PhaseFrame"/>): 0 for w, or the sign of the teacher.</summary>
    /// <param name="frame">The one that it has.</param>
    /// <param name="linear">u, or σ eᵀQw*.</param>
    /// <param name="quadratic">s, or eᵀQe.</param>
    /// <param name="overlap">s*.</param>
    public static int NextFrame(int frame, double linear, double quadratic, double overlap)
    {
        var current = frame == 0 ? PhaseFrame.Absolute : new PhaseFrame(true, frame);
        var proper = current.ProperOf(linear, quadratic, overlap);
        return proper.IsDeviation ? proper.Sign : 0;
    }

    /// <summary>The factor of −η x in the gradient of one sample, 4 (P² − y) P, without cancellation near the teacher: with P = E ± R, P² − R² = E (E ± 2R).</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="student">⟨x, w⟩, or E = ⟨x, e⟩.</param>
    /// <param name="teacher">R = ⟨x, w*⟩.</param>
    /// <param name="noise">The label noise.</param>
    public static double Slope(int frame, double student, double teacher, double noise)
    {
        if (frame == 0)
            return 4 * ((student * student) - ((teacher * teacher) + noise)) * student;
        var signed = frame * teacher;
        return 4 * ((student * (student + (2 * signed))) - noise) * (student + signed);
    }

    /// <summary>The statistics of the state.</summary>
    /// <param name="dimension">d.</param>
    public PhaseStatistics Statistics(double dimension) => Sign == 0
        ? PhaseStatistics.FromOverlaps(Quadratic, Linear, Math.Min(Near, Far), Overlap, dimension)
        : PhaseStatistics.FromDeviation(Linear, Quadratic, Math.Min(Near, Far), Sign, Overlap, dimension);
}
