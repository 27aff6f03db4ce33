namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A coefficient of the gradient's second moment with its derivatives by q and p, the sums of the frame (<see cref="PhaseFrame"/>).</summary>
/// <param name="Value">The coefficient.</param>
/// <param name="Q">∂/∂q.</param>
/// <param name="P">∂/∂p.</param>
/// <param name="QQ">∂²/∂q².</param>
/// <param name="PQ">∂²/∂p∂q.</param>
/// <param name="PP">∂²/∂p².</param>
internal readonly record struct MomentTaylor(double Value, double Q, double P, double QQ, double PQ, double PP)
{
    /// <summary>The mean of the coefficient over fluctuating sums, to second order.</summary>
    /// <param name="varianceQ">Var q.</param>
    /// <param name="covariance">Cov(p, q).</param>
    /// <param name="varianceP">Var p.</param>
    public double Mean(double varianceQ, double covariance, double varianceP) =>
        Value + (0.5 * ((QQ * varianceQ) + (2 * PQ * covariance) + (PP * varianceP)));
}

/// <summary>
/// The second moment of the stochastic gradient as a function of the state, E ggᵀ = I Q + 16 Q [A yyᵀ + B (y w*ᵀ + w* yᵀ) + C w*w*ᵀ] Q (derived; docs/systems/phase-retrieval.md): the
/// coefficients of <see cref="GradientMoments"/> with the derivatives that its mean over a fluctuating state takes.
/// </summary>
/// <param name="Intensity">I.</param>
/// <param name="Square">A.</param>
/// <param name="Cross">B.</param>
/// <param name="Constant">C.</param>
internal readonly record struct GradientCurvature(MomentTaylor Intensity, MomentTaylor Square, MomentTaylor Cross, MomentTaylor Constant)
{
    /// <summary>The coefficients in a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="noise">σ².</param>
    public static GradientCurvature Of(PhaseFrame frame, double linear, double quadratic, double overlap, double noise)
    {
        var t = overlap;
        var (s, u) = frame.IsDeviation ? (t + (2 * linear) + quadratic, t + linear) : (quadratic, linear);
        var intensity = new Slopes((45 * s * s) - (12 * s * t) - (24 * u * u) + (3 * t * t) + noise, (-48 * s * u) + (24 * t * u), (90 * s) - (12 * t), -48 * u, (-48 * s) + (24 * t)).Times(16);
        var square = new Slopes((180 * s) - (24 * t), -96 * u, 180, 0, -96);
        var cross = new Slopes(-48 * u, (-48 * s) + (24 * t), 0, -48, 0);
        var constant = new Slopes((-24 * s) + (12 * t), 48 * u, -24, 0, 48);
        if (!frame.IsDeviation)
        {
            var absolute = GradientMoments.Of(quadratic, linear, overlap, noise);
            return new(intensity.InW(absolute.Intensity), square.InW(absolute.Square), cross.InW(absolute.Cross), constant.InW(absolute.Constant));
        }

        // w = e + w* brings A + B before e w*ᵀ and A + 2B + C before w*w*ᵀ.
        var near = GradientMoments.NearTeacher(linear, quadratic, overlap, noise);
        return new(intensity.InDeviation(near.Intensity), square.InDeviation(near.Square), square.Plus(cross).InDeviation(near.Cross), square.Plus(cross).Plus(cross).Plus(constant).InDeviation(near.Constant));
    }

    // Derivatives by s and u.
    private readonly record struct Slopes(double S, double U, double SS, double SU, double UU)
    {
        public Slopes Times(double factor) => new(factor * S, factor * U, factor * SS, factor * SU, factor * UU);

        public Slopes Plus(Slopes other) => new(S + other.S, U + other.U, SS + other.SS, SU + other.SU, UU + other.UU);

        public MomentTaylor InW(double value) => new(value, U, S, UU, SU, SS);

        // s = s* + 2q + p and u = s* + q.
        public MomentTaylor InDeviation(double value) => new(value, (2 * S) + U, S, (4 * SS) + (4 * SU) + UU, (2 * SS) + SU, SS);
    }
}
